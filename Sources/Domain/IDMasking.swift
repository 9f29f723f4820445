/// Masks numbers inside free text that may be an ID, an account or a telephone. Source: spec §9.
public enum IDMasking {
    /// The fewest digits in a row that are taken for a personal number.
    public static let digitsMin = 11

    /// The text with every run of 11 or more digits masked; ideographic spaces and blanks inside a run of 15 or more
    /// (`630202 19800101 1234`) do not protect it, full-width digits count.
    public static func masked(_ text: String) -> String { masked(text, atLeast: digitsMin) }

    /// The same for names of files, messages and logs, in which the time of a file (`考勤_20181203101530.xlsx`) is no
    /// account: IDs, 15 digits or 18, and accounts of as many.
    public static func byShape(_ text: String) -> String { masked(text, atLeast: 15) }

    private static func masked(_ text: String, atLeast digitsMin: Int) -> String {
        guard mayHoldRun(text) else { return text }
        let scalars = Array(text.unicodeScalars)
        var result = String.UnicodeScalarView()
        var index = 0
        while index < scalars.count {
            guard digit(scalars[index]) != nil else {
                result.append(scalars[index])
                index += 1
                continue
            }
            let run = run(in: scalars, from: index)
            let isNumber = run.hasSpaces ? run.digits.count >= 15 : run.digits.count >= digitsMin
            if isNumber {
                result.append(contentsOf: ResidentID.masked(String(run.digits)).unicodeScalars)
                index = run.end
            } else {
                // A spaced run that is too short as a whole: its first unbroken part is looked at alone.
                let part = run.firstPartEnd
                let digits = scalars[index..<part]
                if part - index >= digitsMin {
                    result.append(
                        contentsOf: ResidentID.masked(String(String.UnicodeScalarView(digits))).unicodeScalars)
                } else {
                    result.append(contentsOf: digits)
                }
                index = part
            }
        }
        return String(result)
    }

    private struct Run {
        var digits: [Character] = []
        var hasSpaces = false
        var end = 0
        var firstPartEnd = 0
    }

    private static func run(in scalars: [Unicode.Scalar], from start: Int) -> Run {
        var run = Run()
        var index = start
        while index < scalars.count {
            if let digit = digit(scalars[index]) {
                run.digits.append(digit)
                index += 1
                run.end = index
            } else if TextFolding.isSpace(scalars[index]), scalars[index].value != 0x0A {
                if run.firstPartEnd == 0 { run.firstPartEnd = index }
                index += 1
                // One blank separates; two end a number.
                guard index < scalars.count, digit(scalars[index]) != nil else { break }
                run.hasSpaces = true
            } else {
                break
            }
        }
        if run.firstPartEnd == 0 { run.firstPartEnd = run.end }
        if run.end < scalars.count, run.digits.count == 17, ["x", "X", "ｘ", "Ｘ"].contains(scalars[run.end]) {
            run.digits.append("X")
            run.end += 1
            if !run.hasSpaces { run.firstPartEnd = run.end }
        }
        return run
    }

    private static func digit(_ scalar: Unicode.Scalar) -> Character? {
        switch scalar.value {
        case 48...57: Character(scalar)
        case 0xFF10...0xFF19: Unicode.Scalar(scalar.value - 0xFEE0).map { Character($0) }
        default: nil
        }
    }

    /// Whether there are enough digits at all; most texts have none.
    private static func mayHoldRun(_ text: String) -> Bool {
        var count = 0
        for byte in text.utf8 where (48...57).contains(byte) || byte == 0xEF { count += 1 }
        return count >= digitsMin
    }
}
