import Domain

/// The default meaning of marks, from the policy file's `marks`. Source: spec §5.5.
public struct MarkTable: Hashable, Sendable, Codable {
    /// Marks by status.
    public var marks: [AttendanceStatus: [String]]

    /// Any marks; of one that is listed twice the first status (in the order of `AttendanceStatus`) counts.
    public init(marks: [AttendanceStatus: [String]]) { self.marks = marks }

    /// The table of spec §5.5, for tests and templates; runs take theirs from the policy file.
    public static let standard = MarkTable(marks: [
        .present: ["√", "出勤", "出", "在岗", "到岗", "驻村", "1"],
        .official: ["公", "公差", "公出", "出差"],
        .training: ["培", "培训", "学"],
        .leave: ["假", "事", "事假", "年假", "婚假", "产假", "探亲"],
        .sick: ["病", "病假"],
        .absent: ["×", "旷", "旷岗", "旷工", "缺", "脱岗"],
        .withdrawn: ["抽", "抽调", "借", "借调"],
        .rest: ["休", "/", "-", "—"],
    ])
}

/// Folding of marks: width, white space, look-alike characters. Source: spec §5.5.
enum MarkText {
    /// The key under which marks, legend entries and table entries compare. Line breaks become `|`.
    static func key(_ text: String) -> String {
        var scalars = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            if scalar == "\n" {
                if !scalars.isEmpty { scalars.append("|") }
                continue
            }
            if TextFolding.isSpace(scalar) || scalar.value == 0xFE0F || scalar.value == 0xFE0E || scalar == "\r" {
                continue
            }
            scalars.append(fold(scalar))
        }
        while scalars.last == "|" { scalars.removeLast() }
        return String(scalars)
    }

    static func fold(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
        switch scalar.value {
        case 0x2713, 0x2714, 0x2611, 0x2705, 0x1F5F8: return "√"
        case 0x2715, 0x2716, 0x2717, 0x2718, 0x2573, 0x78, 0x58, 0xFF38, 0xFF58, 0x445, 0x425, 0x2A2F, 0x274C:
            return "×"
        case 0x3007, 0x41E, 0x43E, 0x4F, 0x6F, 0xFF2F, 0xFF4F, 0x39F, 0x3BF, 0x25EF, 0x2B55, 0x26AA, 0x25E6: return "○"
        case 0x2206, 0x394, 0x25B5: return "△"
        case 0x2610, 0x25A2, 0x25FB, 0x25FD, 0x2B1C, 0x53E3: return "□"
        case 0x25CA, 0x2B26, 0x2662: return "◇"
        case 0x2010...0x2015, 0x2212, 0x2500, 0xFF0D, 0x30FC, 0xFE63: return "-"
        case 0x2215, 0x2044: return "/"
        case 0xFF01...0xFF5E: return Unicode.Scalar(scalar.value - 0xFEE0) ?? scalar
        case 0x61...0x7A: return Unicode.Scalar(scalar.value - 32) ?? scalar
        default: return scalar
        }
    }

    /// Whether a folded text is a mark in most sheets, whatever it means there.
    static func isCommonMark(_ key: String) -> Bool {
        guard (1...2).contains(key.unicodeScalars.count) else { return false }
        return key.unicodeScalars.allSatisfy { isSymbol($0) && !$0.isLatinLetter }
    }

    /// Whether a folded scalar can be a mark by its shape: neither a Chinese character, digit nor punctuation.
    static func isSymbol(_ scalar: Unicode.Scalar) -> Bool {
        if scalar.isCJK { return false }
        switch scalar.value {
        case 0...0x20, 0x30...0x39, 0x3000...0x303F: return false
        case 0x21, 0x22, 0x27, 0x28, 0x29, 0x2C, 0x2E, 0x3A, 0x3B, 0x3F, 0x5B, 0x5D, 0x7B, 0x7C, 0x7D, 0xB7:
            return false
        case 0x201C, 0x201D, 0x2018, 0x2019, 0x2026: return false
        default: return true
        }
    }
}
