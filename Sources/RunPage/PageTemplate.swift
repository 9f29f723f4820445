import Mustache

/// The page's template. Every text of the model goes through `ScalarEscaping`; nothing is put in unescaped.
enum PageTemplate {
    /// The page with its parts, parsed once.
    static let library: MustacheLibrary = {
        // The library's own escaping goes by character: a quote followed by a combining mark would slip through.
        MustacheContentTypes.register(ScalarEscaping(), named: contentType)
        do {
            return MustacheLibrary(templates: try parts.mapValues { try MustacheTemplate(string: pragma + $0) })
        } catch {
            preconditionFailure("the run page's template does not parse: \(error)")
        }
    }()

    private static let contentType = "RUNPAGE"
    private static let pragma = "{{% CONTENT_TYPE:\(contentType)}}"

    private static let parts = [
        "page": page, "bars": bars, "grid": grid, "units": units, "kinds": kinds, "files": files, "problems": problems,
        "scroll": scroll, "batches": batches,
    ]

    /// Rows of a chart: label, bar, figures.
    private static let bars = """
        <ul class="bars">
        {{#rows}}
        <li><span class="lab">{{label}}</span><svg class="bar" role="img" aria-label="{{label}}：{{spoken}}" height="18">{{#parts}}<rect class="{{look}}" x="{{x}}%" width="{{w}}%" height="18"/>{{/parts}}</svg><span class="val">{{value}}</span></li>
        {{/rows}}
        </ul>
        """

    /// A wide table scrolls in its own box, which the keyboard reaches.
    private static let scroll = """
        class="scroll" tabindex="0" role="region"
        """

    private static let grid = """
        <div {{> scroll}} aria-label="{{countyName}}各乡镇报送情况"><table class="grid"><caption>{{countyName}}：各乡镇逐月报送情况</caption>
        <thead><tr><th scope="col">乡镇</th>{{#monthHeads}}<th scope="col">{{.}}</th>{{/monthHeads}}</tr></thead>
        <tbody>
        {{#townshipRows}}
        <tr><th scope="row">{{township}}</th>{{#cells}}<td class="{{look}}"{{#hint}} title="{{.}}"{{/hint}}>{{#href}}<a href="{{.}}">{{/href}}{{text}}{{#href}}</a>{{/href}}</td>{{/cells}}</tr>
        {{/townshipRows}}
        </tbody></table></div>
        """

    private static let units = """
        <div {{> scroll}} aria-label="{{countyName}}各派出单位金额"><table class="sums"><caption>{{countyName}}：各派出单位逐月计发（元）</caption>
        <thead><tr><th scope="col">派出单位</th>{{#monthHeads}}<th scope="col" class="num">{{.}}</th>{{/monthHeads}}</tr></thead>
        <tbody>
        {{#unitRows}}
        <tr><th scope="row">{{unit}}</th>{{#cells}}<td>{{text}}{{#held}} <small>暂缓{{.}}行</small>{{/held}}{{#adjusted}} <small>调整{{.}}</small>{{/adjusted}}</td>{{/cells}}</tr>
        {{/unitRows}}
        </tbody><tfoot>
        {{#unitFeet}}
        <tr><th scope="row">{{foot}}</th>{{#cells}}<td>{{.}}</td>{{/cells}}</tr>
        {{/unitFeet}}
        </tfoot></table></div>
        """

    /// What became of each closed month at the bank.
    private static let batches = """
        <div {{> scroll}} aria-label="{{countyName}}各批次发放情况"><table class="sums"><caption>{{countyName}}：各批次银行发放情况（元）</caption>
        <thead><tr><th scope="col">批次</th><th scope="col" class="num">发放</th><th scope="col" class="num">已付</th><th scope="col" class="num">退回</th><th scope="col" class="num">待重发</th><th scope="col" class="num">无法代发</th><th scope="col" class="num">未回盘</th><th scope="col" class="num">待扣回</th></tr></thead>
        <tbody>
        {{#batchRows}}
        <tr><th scope="row" class="nw">{{batch}}</th>{{#cells}}<td>{{.}}</td>{{/cells}}</tr>
        {{/batchRows}}
        </tbody></table></div>
        """

    private static let kinds = """
        <div {{> scroll}} aria-label="{{countyName}}问题分类"><table class="sums"><caption>{{countyName}}：问题分类，点月份看明细</caption>
        <thead><tr><th scope="col">问题</th><th scope="col">影响</th>{{#findingHeads}}<th scope="col" class="num">{{#href}}<a href="{{.}}">{{/href}}{{text}}{{#href}}</a>{{/href}}</th>{{/findingHeads}}</tr></thead>
        <tbody>
        {{#kindRows}}
        <tr><th scope="row">{{kind}}</th><td class="word">{{effect}}</td>{{#counts}}<td>{{.}}</td>{{/counts}}</tr>
        {{/kindRows}}
        </tbody></table></div>
        """

    /// Filtered by the choice above it, without a script.
    private static let problems = """
        <section aria-labelledby="s-mend" class="mend">
        <h2 id="s-mend">需要处理的问题（{{count}}）</h2>
        <fieldset class="filter"><legend>显示</legend><label><input type="radio" name="mend" id="m-all" checked="checked"/>全部</label><label><input type="radio" name="mend" id="m-held"/>暂缓发放（{{held}}）</label><label><input type="radio" name="mend" id="m-excluded"/>不计当日（{{excluded}}）</label></fieldset>
        <div {{> scroll}} aria-label="需要处理的问题"><table class="mend"><caption>同一原因列一行：在哪个文件、哪个单元格，怎么办</caption>
        <thead><tr><th scope="col">影响</th><th scope="col">所属期</th><th scope="col">乡镇</th><th scope="col">问题</th><th scope="col">文件、位置</th><th scope="col">处理建议</th></tr></thead>
        <tbody>
        {{#problemRows}}
        <tr class="{{look}}"><td class="nw">{{effect}}</td><td class="nw">{{period}}</td><td class="nw">{{township}}</td><td>{{kind}}{{times}}</td><td>{{file}} <code>{{place}}</code></td><td>{{advice}}</td></tr>
        {{/problemRows}}
        </tbody></table></div>
        {{#more}}
        <p class="small">另有 {{.}} 项，见各月 findings.csv。</p>
        {{/more}}
        </section>
        """

    private static let files = """
        <dl class="files">
        {{#fileGroups}}
        <dt>{{group}}</dt><dd>{{#links}}<a href="{{href}}">{{name}}</a> {{/links}}</dd>
        {{/fileGroups}}
        </dl>
        """

    private static let page = """
        <!DOCTYPE html>
        <html lang="zh-CN">
        <head>
        <meta charset="utf-8">
        <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; img-src data:">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta name="robots" content="noindex">
        <meta name="color-scheme" content="light">
        <link rel="icon" href="data:,">
        <title>{{title}}</title>
        <style>{{{css}}}</style>
        </head>
        <body>
        <a class="skip" href="#main">跳到正文</a>
        <svg width="0" height="0" aria-hidden="true" class="defs"><defs>
        <pattern id="hatch" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><rect width="6" height="6" fill="#fff"/><rect width="3" height="6" fill="#b7791f"/></pattern>
        <pattern id="dots" width="9" height="9" patternUnits="userSpaceOnUse"><rect width="9" height="9" fill="#e9b021"/><circle cx="4.5" cy="4.5" r="1.4" fill="#8a5a00"/></pattern>
        <pattern id="cross" width="18" height="18" patternUnits="userSpaceOnUse"><rect width="18" height="18" fill="#c0392b"/><path d="M6 6L12 12M12 6L6 12" stroke="#fff" stroke-width="1.6"/></pattern>
        </defs></svg>
        <header class="top"><div class="wrap">
        <p class="kicker">驻村干部考勤与生活补助 · 运行情况</p>
        <h1>{{heading}}</h1>
        <p class="meta">{{#meta}}<span>{{.}}</span>{{/meta}}</p>
        <p class="paper">{{footer}}</p>
        </div></header>
        <nav aria-label="本页目录"><div class="wrap">{{#sections}}<a href="#{{anchor}}">{{name}}</a>{{/sections}}</div></nav>
        <main id="main" class="wrap" tabindex="-1">
        <section aria-labelledby="s-now">
        <h2 id="s-now">{{nowHeading}}</h2>
        <p class="verdict {{verdictLook}}">{{verdict}}</p>
        {{#hasCards}}
        <ul class="cards">
        {{#cards}}
        <li class="{{look}}"><span class="name">{{name}}</span><span class="figure">{{figure}}<small>{{unit}}</small></span><span class="note">{{note}}</span></li>
        {{/cards}}
        </ul>
        {{/hasCards}}
        {{#hasTodo}}
        <h3>下一步</h3>
        <ol class="todo">
        {{#todo}}
        <li>{{say}}{{#links}} <a href="{{href}}">{{name}}</a>{{/links}}</li>
        {{/todo}}
        </ol>
        {{/hasTodo}}
        {{#samples}}
        <p class="notice">{{.}}</p>
        {{/samples}}
        {{#expected}}
        <p class="notice">{{.}}</p>
        {{/expected}}
        {{#hasChanges}}
        <h3>自上次报表以来</h3>
        <ul class="changes">
        {{#changes}}
        <li>{{.}}</li>
        {{/changes}}
        </ul>
        {{#changesLink}}
        <p>每一条变化见 <a href="{{href}}">{{name}}</a>。</p>
        {{/changesLink}}
        {{/hasChanges}}
        </section>
        {{#submission}}
        <section aria-labelledby="s-sent">
        <h2 id="s-sent">报送情况</h2>
        <figure><figcaption>各月应报乡镇 <span class="legend"><i class="k ok">✓</i>已报 <i class="k warn">!</i>已报有问题 <i class="k miss">✕</i>未报 <i class="k wait">…</i>待报</span></figcaption>
        {{> bars}}
        </figure>
        {{#single}}
        {{> grid}}
        {{/single}}
        {{#overview}}
        <div {{> scroll}} aria-label="各县区报送情况"><table class="grid"><caption>各县区逐月：已报乡镇 / 应报乡镇</caption>
        <thead><tr><th scope="col">县区</th>{{#periodHeads}}<th scope="col">{{.}}</th>{{/periodHeads}}</tr></thead>
        <tbody>
        {{#countyRows}}
        <tr><th scope="row"><a href="#c{{code}}">{{name}}</a> <small>{{prefecture}}</small></th>{{#cells}}<td class="{{look}}"{{#hint}} title="{{.}}"{{/hint}}>{{text}}</td>{{/cells}}</tr>
        {{/countyRows}}
        </tbody></table></div>
        {{/overview}}
        </section>
        {{/submission}}
        {{#money}}
        <section aria-labelledby="s-money">
        <h2 id="s-money">计发、暂缓与调整</h2>
        <figure><figcaption>各月金额（元） <span class="legend"><i class="k paid"></i>计发 <i class="k pend"></i>暂缓待核</span></figcaption>
        {{> bars}}
        </figure>
        <div {{> scroll}} aria-label="各月金额"><table class="sums"><caption>各月合计</caption>
        <thead><tr><th scope="col">所属期</th><th scope="col" class="num">人数</th><th scope="col" class="num">计发合计（元）</th><th scope="col" class="num">其中调整（元）</th><th scope="col" class="num">暂缓（行）</th><th scope="col" class="num">待核金额（元）</th><th scope="col" class="num">待扣回余额（元）</th><th scope="col">状态</th></tr></thead>
        <tbody>
        {{#monthRows}}
        <tr><th scope="row" class="nw">{{period}}</th>{{#cells}}<td>{{.}}</td>{{/cells}}<td class="word">{{status}}</td></tr>
        {{/monthRows}}
        </tbody><tfoot>
        {{#monthFeet}}
        <tr><th scope="row">合计</th>{{#cells}}<td>{{.}}</td>{{/cells}}<td></td></tr>
        {{/monthFeet}}
        </tfoot></table></div>
        {{#single}}
        {{> units}}
        {{/single}}
        {{#banked}}
        {{> batches}}
        {{/banked}}
        {{#countyMoney}}
        <div {{> scroll}} aria-label="各县区金额"><table class="sums"><caption>各县区逐月计发（元）</caption>
        <thead><tr><th scope="col">县区</th>{{#periodHeads}}<th scope="col" class="num">{{.}}</th>{{/periodHeads}}<th scope="col" class="num">合计</th></tr></thead>
        <tbody>
        {{#countyMoneyRows}}
        <tr><th scope="row"><a href="#c{{code}}">{{name}}</a></th>{{#cells}}<td>{{text}}{{#held}} <small>暂缓{{.}}行</small>{{/held}}</td>{{/cells}}</tr>
        {{/countyMoneyRows}}
        </tbody></table></div>
        {{/countyMoney}}
        </section>
        {{/money}}
        {{#problems}}
        {{> problems}}
        {{/problems}}
        {{#findings}}
        <section aria-labelledby="s-find">
        <h2 id="s-find">问题分类</h2>
        <figure><figcaption>各类问题（项） <span class="legend"><i class="k miss"></i>暂缓发放 <i class="k warn"></i>不计当日 <i class="k paid"></i>已采用 <i class="k wait"></i>仅提醒</span></figcaption>
        {{> bars}}
        </figure>
        <div {{> scroll}} aria-label="各类问题"><table class="sums"><caption>各类问题，按影响大小排列</caption>
        <thead><tr><th scope="col">问题</th><th scope="col">代码</th><th scope="col">级别</th><th scope="col">影响</th><th scope="col" class="num">项数</th></tr></thead>
        <tbody>
        {{#allKinds}}
        <tr><th scope="row">{{kind}}</th><td class="word"><code>{{code}}</code></td><td class="word">{{severity}}</td><td class="word">{{effect}}</td><td>{{count}}</td></tr>
        {{/allKinds}}
        </tbody></table></div>
        {{#rootLink}}
        <p>其中 {{count}} 项不属于任何县区和月份（文件、名录）：<a href="{{href}}">{{name}}</a></p>
        {{/rootLink}}
        {{#single}}
        {{> kinds}}
        {{/single}}
        </section>
        {{/findings}}
        {{#hasYears}}
        <section aria-labelledby="s-year">
        <h2 id="s-year">年度：十项措施</h2>
        {{#years}}
        <h3>{{year}}年</h3>
        {{#measures}}
        <div {{> scroll}} aria-label="{{year}}年十项措施"><table class="sums"><caption>{{year}}年十项措施：未结事项（项），明细见各县区年度台账</caption>
        <thead><tr><th scope="col">县区</th>{{#measureHeads}}<th scope="col" class="num">{{.}}</th>{{/measureHeads}}<th scope="col" class="num">未报送的表（种）</th></tr></thead>
        <tbody>
        {{#measureRows}}
        <tr><th scope="row">{{area}}</th>{{#cells}}<td>{{.}}</td>{{/cells}}</tr>
        {{/measureRows}}
        </tbody></table></div>
        {{#missing}}
        <p>未报送的表（不等于没有问题）：{{.}}</p>
        {{/missing}}
        {{/measures}}
        {{#coverage}}
        <figure><figcaption>培训覆盖（已训人数 / 驻村干部数）</figcaption>
        {{> bars}}
        </figure>
        <div {{> scroll}} aria-label="{{year}}年培训覆盖"><table class="sums"><caption>{{year}}年培训：各级已训 / 计划（人）</caption>
        <thead><tr><th scope="col">地区</th><th scope="col" class="num">干部数</th><th scope="col" class="num">已训</th><th scope="col" class="num">覆盖率</th>{{#tierHeads}}<th scope="col" class="num">{{.}}</th>{{/tierHeads}}</tr></thead>
        <tbody>
        {{#coverageRows}}
        <tr class="{{depth}}"><th scope="row">{{area}}</th>{{#cells}}<td>{{.}}</td>{{/cells}}</tr>
        {{/coverageRows}}
        </tbody></table></div>
        {{#silent}}
        <details><summary>培训未报（没有数据，不等于零）：{{count}} 个县(区)</summary><p>{{names}}</p></details>
        {{/silent}}
        {{/coverage}}
        {{#insurance}}
        <figure><figcaption>保险问题（项）</figcaption>
        {{> bars}}
        </figure>
        <div {{> scroll}} aria-label="{{year}}年保险问题"><table class="sums"><caption>{{year}}年保险问题，按县区（项）</caption>
        <thead><tr><th scope="col">县区</th>{{#flagHeads}}<th scope="col" class="num">{{.}}</th>{{/flagHeads}}</tr></thead>
        <tbody>
        {{#insuranceRows}}
        <tr><th scope="row">{{area}}</th>{{#cells}}<td>{{.}}</td>{{/cells}}</tr>
        {{/insuranceRows}}
        </tbody></table></div>
        {{/insurance}}
        {{/years}}
        </section>
        {{/hasYears}}
        {{#hasCounties}}
        <section aria-labelledby="s-county">
        <h2 id="s-county">各县区</h2>
        {{#counties}}
        <details id="c{{code}}"><summary><strong>{{countyName}}</strong> <small>{{countyLine}}</small></summary>
        {{> grid}}
        {{#hasUnits}}
        {{> units}}
        {{/hasUnits}}
        {{#hasBatches}}
        {{> batches}}
        {{/hasBatches}}
        {{#hasKinds}}
        {{> kinds}}
        {{/hasKinds}}
        <h3>{{countyName}}：文件</h3>
        {{> files}}
        </details>
        {{/counties}}
        </section>
        {{/hasCounties}}
        <section aria-labelledby="s-files">
        <h2 id="s-files">全部文件</h2>
        <p class="small">发放表、支付和暂缓文件含完整身份证号与银行账号，仅供财政和组织部门使用。</p>
        {{> files}}
        </section>
        </main>
        <footer class="wrap"><p>{{footer}}</p></footer>
        </body>
        </html>

        """
}

/// Escapes every scalar that means something in HTML, whatever combines with it.
struct ScalarEscaping: MustacheContentType {
    func escapeText(_ text: String) -> String {
        var result = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            switch scalar {
            case "<": result.append(contentsOf: "&lt;".unicodeScalars)
            case ">": result.append(contentsOf: "&gt;".unicodeScalars)
            case "&": result.append(contentsOf: "&amp;".unicodeScalars)
            case "\"": result.append(contentsOf: "&quot;".unicodeScalars)
            case "'": result.append(contentsOf: "&#39;".unicodeScalars)
            // Control characters are not allowed in HTML; reversing marks would turn a line around.
            case _ where scalar.value < 32 || (0x7F...0x9F).contains(scalar.value): result.append(" ")
            case _ where (0x202A...0x202E).contains(scalar.value) || (0x2066...0x2069).contains(scalar.value): continue
            default: result.append(scalar)
            }
        }
        return String(result)
    }
}
