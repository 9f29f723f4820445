import Domain
import RunPage
import Testing

/// The run page as text: structure, escaping, links, accessibility.
@Suite("Run page")
struct RunPageTests {
    /// The models' pages, made and read once.
    private static let pages = Dictionary(
        uniqueKeysWithValues: SampleModels.Name.allCases.map { name in
            let text = String(decoding: RunPage.bytes(name.model), as: UTF8.self)
            return (name, (text: text, structure: PageStructure(text)))
        })

    private func html(_ model: RunPageModel) -> String { String(decoding: RunPage.bytes(model), as: UTF8.self) }

    @Test("every element closes as it opened, and every id is there once", arguments: SampleModels.Name.allCases)
    func structure(_ name: SampleModels.Name) throws {
        let page = try #require(RunPageTests.pages[name]).structure
        #expect(page.problems == [])
        let ids = page.elements.compactMap { $0.attributes["id"] }
        #expect(ids.count == Set(ids).count)
        // Links within the page lead somewhere.
        let anchors = page.all("a").compactMap { $0.attributes["href"] }.filter { $0.hasPrefix("#") }
        #expect(anchors.allSatisfy { ids.contains(String($0.dropFirst())) })
    }

    @Test("what has to be mended stands in place with file, cell and advice, and is filtered without a script")
    func problemsInPlace() throws {
        let page = try #require(RunPageTests.pages[.county]).structure
        let section = try #require(page.all("section").first { $0.attributes["class"] == "mend" })
        #expect(section.text.contains("需要处理的问题（3）"))
        let rows = page.all("tr").filter { ["held", "excluded"].contains($0.attributes["class"] ?? "") }
        #expect(rows.map { $0.attributes["class"] ?? "" } == ["held", "held", "excluded"])
        #expect(rows[1].text.contains("考勤/碾伯镇.xlsx") && rows[1].text.contains("11月!C5:C9"))
        #expect(rows[1].text.contains("（5 处）") && rows[1].text.contains("请补报逐日考勤。"))
        let choices = page.all("input").filter { $0.attributes["type"] == "radio" }
        #expect(choices.count == 3 && page.all("script").isEmpty)
        let style = try #require(RunPageTests.pages[.county]).text
        for choice in choices.compactMap({ $0.attributes["id"] }) where choice != "m-all" {
            #expect(style.contains("#\(choice):checked"), "each choice hides what it does not name")
        }
        #expect(
            try #require(RunPageTests.pages[.province]).structure.all("section").allSatisfy {
                $0.attributes["class"] != "mend"
            }, "a province's page stays small")
    }

    @Test(
        "each batch shows what was issued, paid, returned, due again and unpayable",
        arguments: SampleModels.Name.allCases)
    func batches(_ name: SampleModels.Name) throws {
        let page = try #require(RunPageTests.pages[name]).structure
        let batches = name.model.counties.flatMap(\.months).compactMap(\.bank)
        #expect(name == .empty || !batches.isEmpty)
        let rows = page.all("tr").map(\.text).filter { $0.contains("710.00") }
        #expect(rows.count == batches.count)
        for (row, bank) in zip(rows, batches) {
            #expect(row.contains(bank.batch))
            for text in ["600.00", "80.00", "50.00", "30.00", "60.00"] { #expect(row.contains(text)) }
        }
        let todo = page.all("li").first { $0.text.contains("银行退回") }
        #expect((todo == nil) == batches.isEmpty)
    }

    @Test("who tabs through the page sees where they are at once; on paper the foot has no page of its own")
    func keyboardAndPaper() {
        let text = Self.pages.values.first?.text ?? ""
        #expect(!text.contains("scroll-behavior"))
        #expect(text.contains("footer,section[aria-labelledby=s-files]{display:none}.paper{display:block"))
    }

    @Test("the same model gives the same bytes")
    func deterministic() throws {
        let text = try #require(RunPageTests.pages[.province]).text
        #expect(html(SampleModels.province) == text)
    }

    @Test("counties of which no training came are one line of names, not rows of dashes")
    func silentCounties() throws {
        let model = SampleModels.province
        let names = model.years.flatMap(\.coverage).filter { !$0.isReported && $0.level == .county }.map(\.name)
        #expect(names.count > 3)
        let page = try #require(RunPageTests.pages[.province]).structure
        let table = try #require(page.all("table").first { $0.text.contains("各级已训") })
        #expect(names.allSatisfy { !table.text.contains($0) })
        let line = try #require(page.all("details").first { $0.text.contains("培训未报") })
        #expect(line.text.contains("\(names.count) 个县(区)") && names.allSatisfy { line.text.contains($0) })
    }

    @Test("names are text, whatever stands in them")
    func escaping() {
        var model = SampleModels.county
        let name = "<script>alert(1)</script>\"\u{301} onmouseover='x' & {{{css}}}"
        model.counties[0].name = name
        model.counties[0].months[0].townships[0].name = name
        model.counties[0].months[0].units[0].name = name
        model.policyName = name
        let page = PageStructure(html(model))
        #expect(page.problems == [])
        #expect(page.all("script").isEmpty)
        #expect(page.elements.allSatisfy { !$0.attributes.keys.contains { $0.hasPrefix("on") } })
        #expect(page.all("th").contains { $0.text.contains("&lt;script&gt;") && $0.text.contains("{{{css}}}") })
    }

    @Test("what was expected and what changed stand in the head, as text, with a link to every change")
    func morning() {
        var model = SampleModels.county
        #expect(!html(model).contains("自上次报表以来"))
        model.expected = ["样例县2018年10月的考勤应在 2018-11-05 前报送，没有一个乡镇报送。"]
        model.changes = ["2018-11 样例县：无 → 2 人 120.00 元（<b>.xlsx）", "问题：新增 1"]
        model.rootFiles.append("changes.csv")
        let page = PageStructure(html(model))
        #expect(page.problems == [])
        #expect(page.all("p").contains { $0.text.contains("2018年10月的考勤应在") })
        #expect(page.all("li").contains { $0.text.contains("&lt;b&gt;.xlsx") })
        #expect(page.all("a").contains { $0.attributes["href"] == "changes.csv" })
    }

    @Test("links are relative and percent-encoded, one for every file")
    func links() {
        let model = SampleModels.county
        let hrefs = Set(PageStructure(html(model)).all("a").compactMap { $0.attributes["href"] })
        #expect(hrefs.allSatisfy { !$0.hasPrefix("/") && !$0.contains(":") && !$0.contains("..") })
        #expect(hrefs.allSatisfy { $0.utf8.allSatisfy { $0 < 128 } })
        #expect(
            hrefs.contains(
                "2018-12/632001-%E6%A0%B7%E4%BE%8B0%E5%8E%BF/finance/"
                    + "%E7%94%9F%E6%B4%BB%E8%A1%A5%E5%8A%A9%E5%8F%91%E6%94%BE%E8%A1%A8-2018-12.xlsx"))
        let county = model.counties[0]
        let files =
            county.months.flatMap(\.files) + county.yearFiles + model.rootFiles + model.years.flatMap(\.files)
            + county.months.flatMap { $0.townships.compactMap(\.returnFile) }
        #expect(files.count > 20)
        #expect(files.allSatisfy { hrefs.contains(encoded($0)) })
    }

    /// A second, slower way to encode a path.
    private func encoded(_ path: String) -> String {
        let plain = Set("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~/".utf8)
        return path.utf8.reduce("") { text, byte in
            if plain.contains(byte) { return text + String(UnicodeScalar(byte)) }
            let digits = String(byte, radix: 16, uppercase: true)
            return text + "%" + (digits.count == 1 ? "0" : "") + digits
        }
    }

    @Test("nothing comes from outside, and nothing runs", arguments: SampleModels.Name.allCases)
    func selfContained(_ name: SampleModels.Name) throws {
        let text = try #require(RunPageTests.pages[name]).text
        for word in ["<script", "http:", "https:", "@import", "<img", "<iframe", "javascript:"] {
            #expect(!text.contains(word), "\(word)")
        }
        #expect(text.contains("default-src 'none'"))
    }

    @Test("screen readers and keyboards find their way", arguments: SampleModels.Name.allCases)
    func accessibility(_ name: SampleModels.Name) throws {
        let page = try #require(RunPageTests.pages[name]).structure
        #expect(page.all("html").first?.attributes["lang"] == "zh-CN")
        #expect(page.all("a").first?.attributes["href"] == "#main")
        #expect(page.all("h1").count == 1)
        // Headings go down one step at a time.
        var level = 0
        for element in page.elements where ["h1", "h2", "h3", "h4"].contains(element.name) {
            let next = Int(element.name.dropFirst())!
            #expect(next <= level + 1, "\(element.text)")
            level = next
        }
        #expect(page.all("th").allSatisfy { $0.attributes["scope"] != nil })
        #expect(page.all("table").count == page.all("caption").count)
        for drawing in page.all("svg") {
            let isNamed = drawing.attributes["role"] == "img" && drawing.attributes["aria-label"]?.isEmpty == false
            #expect(isNamed || drawing.attributes["aria-hidden"] == "true")
        }
        for box in page.elements where box.attributes["class"] == "scroll" {
            #expect(box.attributes["tabindex"] == "0" && box.attributes["aria-label"]?.isEmpty == false)
        }
        #expect(page.all("a").allSatisfy { !$0.text.isEmpty })
    }

    @Test("a province of forty counties and a year stays small, its counties folded, the newest months in full")
    func province() throws {
        let page = try #require(RunPageTests.pages[.province])
        #expect(page.text.utf8.count < 1_000_000, "\(page.text.utf8.count)")
        #expect(page.structure.all("details").count { $0.attributes["id"] != nil } == 40)
        // Two years of history cost a line a month, not a table of townships each.
        let longer = RunPage.bytes(SampleModels.model(counties: 40, months: 24, townships: 20))
        #expect(longer.count < page.text.utf8.count * 5 / 4, "\(page.text.utf8.count) → \(longer.count)")
        let text = String(decoding: longer, as: UTF8.self)
        #expect(text.contains("较早月份（文件夹）"), "and every month's folder is at hand")
    }

    @Test("each state of a township has its own sign beside its colour")
    func signs() {
        let cells = PageStructure(html(SampleModels.county)).all("td")
        for (look, sign) in [("ok", "✓"), ("warn", "!"), ("miss", "✕"), ("wait", "…")] {
            let those = cells.filter { $0.attributes["class"] == look }
            #expect(!those.isEmpty && those.allSatisfy { $0.text.hasPrefix(sign) }, "\(look)")
        }
    }

    @Test("text stands out from what it stands on: 4.5 to 1 at least")
    func contrast() throws {
        let text = try #require(RunPageTests.pages[.county]).text
        var pairs = 0
        for rule in text.split(separator: "}") {
            guard let ground = Contrast.colour("background:#", in: rule),
                let ink = Contrast.colour(";color:#", in: rule)
            else { continue }
            pairs += 1
            #expect(Contrast.ratio(ground, ink) >= 4.5, "\(rule)")
        }
        #expect(pairs >= 8)
    }

    @Test("an empty ledger says what to do first")
    func nothing() {
        #expect(html(SampleModels.empty).contains("请放入花名册、村名录和各乡镇考勤表"))
    }

    @Test("a month without trouble says so")
    func allWell() {
        var model = SampleModels.county
        model.filesRefused = 0
        for index in model.counties[0].months.indices {
            model.counties[0].months[index].townships = [.init(name: "第一乡", state: .received)]
            model.counties[0].months[index].heldRows = 0
            model.counties[0].months[index].findings = []
        }
        #expect(html(model).contains("没有需要处理的问题"))
    }

    @Test("a month that nobody reported is asked for, not to be closed")
    func silentMonth() {
        var model = SampleModels.county
        let newest = Period(year: 2018, month: 12)!
        model.asOf = CivilDate(2019, 1, 10)!
        model.counties[0].months = [
            .init(
                period: newest, townships: [.init(name: "第一乡", state: .missing), .init(name: "第二乡", state: .missing)])
        ]
        let text = html(model)
        #expect(text.contains("2018年12月：2 个乡镇未报送") && text.contains("催报 2018年12月：第一乡、第二乡"))
        #expect(!text.contains("没有需要处理的问题") && !text.contains("zhucun close"))
    }

    @Test("what was not used for want of authority stands in the headline and among what is to be done")
    func notAuthorised() {
        var model = SampleModels.county
        model.rootFindings = [.init(code: .notAuthorised, severity: .error, effect: .none, count: 26)]
        let text = html(model)
        #expect(text.contains("26 处内容因文件夹或裁定人无权而没有采用。") && text.contains("26 处内容没有采用"))
    }

    @Test("bars draw what they say: parts of the widest row, never nothing for something")
    func bars() {
        var model = SampleModels.empty
        let period = Period(year: 2018, month: 11)!
        model.counties = [
            .init(
                code: CountyCode("630202")!, name: "样例县", prefecture: "",
                months: [
                    .init(period: period, paid: Fen(1)), .init(period: period.next, paid: Fen(Int.max / 2)),
                    .init(period: period.next.next, paid: Fen(-5)),
                ])
        ]
        let widths = PageStructure(html(model)).all("rect").filter { $0.attributes["class"] == "paid" }
            .compactMap { $0.attributes["width"] }
        #expect(widths == ["0.4%", "100%"])
    }
}
