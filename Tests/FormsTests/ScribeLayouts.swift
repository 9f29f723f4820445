import Domain
import Tables

@testable import Forms

/// The rarer arrangements of spec §5.4.
extension Scribe {
    /// Days 1–15 and 16–30 in two lines of headings over two rows a person.
    mutating func folded(_ picture: inout Picture) {
        var row = heading(&picture, 0, 0, width: 20)
        let isBelow = maybe()
        if !isBelow { row = legend(&picture, row, 0) }
        let fields = [synonym(.name, without: ["人员"]), synonym(.village)]
        for (column, text) in fields.enumerated() {
            picture.text(row, column, text)
            picture.merge(row, column, row + 1, column)
        }
        let last = truth.period.dayCount
        for day in 1...last {
            picture.set(row + (day > 15 ? 1 : 0), 2 + (day > 15 ? day - 16 : day - 1), dayHeading(day, .number))
        }
        row += 2
        for person in truth.people {
            picture.text(row, 0, person.name)
            picture.text(row, 1, person.village)
            for column in 0...1 { picture.merge(row, column, row + 1, column) }
            for (index, day) in person.days.enumerated() {
                let isSecond = index >= 15
                picture.set(row + (isSecond ? 1 : 0), 2 + (isSecond ? index - 15 : index), value(self.day(day)))
            }
            row += 2
        }
        if isBelow { row = legend(&picture, row, 0) }
        signature(&picture, row, 0)
    }

    /// A sheet per person, the days across in one or two lines.
    mutating func personAcross(_ person: Truth.Person, into picture: inout Picture) {
        var row = heading(&picture, 0, 0, width: 10)
        picture.text(row, 0, "姓名：\(person.name)   村：\(person.village)")
        row += 1
        let isTwice = maybe()
        for half in isTwice ? [0..<15, 15..<person.days.count] : [0..<person.days.count] {
            picture.text(row, 0, "日期")
            picture.text(row + 1, 0, one(["考勤", "出勤情况", "考勤情况"]))
            for index in half {
                picture.set(row, 1 + index - half.lowerBound, dayHeading(index + 1, .number))
                picture.set(row + 1, 1 + index - half.lowerBound, value(day(person.days[index])))
            }
            row += 2
        }
        row = legend(&picture, row, 0)
        signature(&picture, row, 0)
    }

    /// A calendar of weeks, the number above its mark.
    mutating func calendar(_ person: Truth.Person, into picture: inout Picture) {
        var row = heading(&picture, 0, 0, width: 7)
        picture.text(row, 0, "姓名：\(person.name)")
        picture.text(row, 3, "村：\(person.village)")
        row += 1
        for (column, word) in ["一", "二", "三", "四", "五", "六", "日"].enumerated() {
            picture.text(row, column, "星期" + word)
        }
        row += 1
        for (index, day) in person.days.enumerated() {
            let column = truth.period.date(day: index + 1)!.isoWeekday - 1
            if index > 0, column == 0 { row += 2 }
            picture.set(row, column, .number(Double(index + 1)))
            picture.set(row + 1, column, value(self.day(day)))
        }
        row = legend(&picture, row + 2, 0)
        signature(&picture, row, 0)
    }

    /// Villages as headings between the people of one grid.
    mutating func subheaded(_ picture: inout Picture) {
        var row = heading(&picture, 0, 0, width: 34)
        let isBelow = maybe()
        if !isBelow { row = legend(&picture, row, 0) }
        picture.text(row, 0, "序号")
        picture.text(row, 1, synonym(.name, without: ["人员"]))
        for day in 1...truth.period.dayCount { picture.set(row, 1 + day, dayHeading(day, .number)) }
        row += 1
        var village = ""
        for (place, person) in truth.people.enumerated() {
            if person.village != village {
                village = person.village
                picture.text(row, 0, one([village, "\(village)驻村工作队", "（\(place + 1)）\(village)"]))
                picture.merge(row, 0, row, truth.period.dayCount + 1)
                row += 1
            }
            picture.set(row, 0, .number(Double(place + 1)))
            picture.text(row, 1, person.name)
            for (index, day) in person.days.enumerated() { picture.set(row, 2 + index, value(self.day(day))) }
            row += 1
        }
        if isBelow { row = legend(&picture, row, 0) }
        signature(&picture, row, 0)
    }

    /// Two rows a person, one of what is due and one of what was.
    mutating func statusLines(_ picture: inout Picture) {
        var row = heading(&picture, 0, 0, width: 34)
        let words = one([("应到", "实到"), ("计划", "实际"), ("应出勤", "实出勤")])
        picture.text(row, 0, synonym(.name, without: ["人员"]))
        picture.text(row, 1, synonym(.village))
        picture.text(row, 2, one(["项目", "类别", ""]))
        for day in 1...truth.period.dayCount { picture.set(row, 2 + day, dayHeading(day, .number)) }
        row += 1
        for person in truth.people {
            picture.text(row, 0, person.name)
            picture.text(row, 1, person.village)
            for column in 0...1 { picture.merge(row, column, row + 1, column) }
            picture.text(row, 2, words.0)
            picture.text(row + 1, 2, words.1)
            for (index, day) in person.days.enumerated() {
                picture.set(row, 3 + index, value(mark(.present)))
                picture.set(row + 1, 3 + index, value(self.day(day)))
            }
            row += 2
        }
        row = legend(&picture, row, 0)
        signature(&picture, row, 0)
    }

    /// Days down, two columns a person.
    mutating func halvesAcross(_ picture: inout Picture, village: String, people: [Truth.Person]) {
        var row = heading(&picture, 0, 0, width: 4, village: village)
        picture.text(row, 0, "日期")
        picture.merge(row, 0, row + 1, 0)
        for (place, person) in people.enumerated() {
            picture.text(row, 1 + 2 * place, person.name)
            picture.merge(row, 1 + 2 * place, row, 2 + 2 * place)
            picture.text(row + 1, 1 + 2 * place, "上午")
            picture.text(row + 1, 2 + 2 * place, "下午")
        }
        row += 2
        for day in 1...truth.period.dayCount {
            picture.set(row, 0, dayHeading(day, .withUnit))
            for (place, person) in people.enumerated() {
                picture.set(row, 1 + 2 * place, value(mark(person.days[day - 1].0)))
                picture.set(row, 2 + 2 * place, value(mark(person.days[day - 1].1)))
            }
            row += 1
        }
        row = legend(&picture, row, 0)
        signature(&picture, row, 0)
    }

    /// Three columns a day, the evening's never counting.
    mutating func evenings(_ picture: inout Picture) {
        var row = heading(&picture, 0, 0, width: 90)
        for (column, text) in [synonym(.name, without: ["人员"]), synonym(.village)].enumerated() {
            picture.text(row, column, text)
            picture.merge(row, column, row + 1, column)
        }
        for day in 1...truth.period.dayCount {
            let column = 3 * day - 1
            picture.set(row, column, dayHeading(day, .number))
            picture.merge(row, column, row, column + 2)
            for (slot, word) in ["上午", "下午", "晚上"].enumerated() { picture.text(row + 1, column + slot, word) }
        }
        row += 2
        for person in truth.people {
            picture.text(row, 0, person.name)
            picture.text(row, 1, person.village)
            for (index, day) in person.days.enumerated() {
                picture.set(row, 3 * index + 2, value(mark(day.0)))
                picture.set(row, 3 * index + 3, value(mark(day.1)))
                if maybe(3) { picture.set(row, 3 * index + 4, value(mark(.present))) }
            }
            row += 1
        }
        row = legend(&picture, row, 0)
        signature(&picture, row, 0)
    }

    /// A log whose date is written once a group, in one column group or two side by side.
    mutating func groupedLog(_ picture: inout Picture) {
        var row = heading(&picture, 0, 0, width: 8)
        let isTwice = maybe()
        let entries = truth.people[0].days.indices.flatMap { day in truth.people.indices.map { (day, $0) } }
            .filter { truth.people[$0.1].days[$0.0].0 != .blank || truth.people[$0.1].days[$0.0].1 != .blank }
        let height = isTwice ? (entries.count + 1) / 2 : entries.count
        for group in 0..<(isTwice ? 2 : 1) {
            for (column, text) in ["日期", "姓名", "村", "考勤情况"].enumerated() {
                picture.text(row, column + 5 * group, text)
            }
        }
        row += 1
        var last = -1
        for (place, entry) in entries.enumerated() {
            let group = place / max(1, height)
            let at = row + place % max(1, height)
            let person = truth.people[entry.1]
            if entry.0 != last || place % max(1, height) == 0 {
                picture.text(at, 5 * group, "\(truth.period.month)月\(entry.0 + 1)日")
                last = entry.0
            }
            picture.text(at, 5 * group + 1, person.name)
            picture.text(at, 5 * group + 2, person.village)
            picture.set(at, 5 * group + 3, value(day(person.days[entry.0])))
        }
        row = legend(&picture, row + height, 0)
        signature(&picture, row, 0)
    }
}
