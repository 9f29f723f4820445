import Domain
import Tables
import Testing

@testable import Sheets

@Suite("Dates as numbers") struct DateSerialTests {
    private func shown(_ serial: Double, _ kind: NumberFormatKind = .date, _ system: DateSystem = .from1900) -> String {
        system.value(serial: serial, kind: kind).display
    }

    @Test("The first and the last day, and what lies outside")
    func bounds() {
        #expect(shown(60) == "60")
        #expect(shown(60.5) == "60.5")
        #expect(shown(61) == "1900-03-01")
        #expect(shown(2_958_465) == "9999-12-31")
        #expect(shown(2_958_466) == "2958466")
        #expect(shown(-1) == "-1")
        #expect(shown(0, .date, .from1904) == "1904-01-01")
        #expect(shown(2_957_003, .date, .from1904) == "9999-12-31")
        #expect(shown(2_957_004, .date, .from1904) == "2957004")
    }

    @Test("Seconds are rounded to the nearest and carry into the day")
    func rounding() {
        #expect(shown(43_409.999_999_9) == "2018-11-06")
        #expect(shown(43_409.354_340_3, .dateTime) == "2018-11-05T08:30:15")
        #expect(shown(43_409.5) == "2018-11-05T12:00:00")
        #expect(shown(43_409, .time) == "2018-11-05")
        #expect(shown(0.999_999_9, .time) == "00:00:00")
        #expect(shown(0, .time) == "00:00:00")
        #expect(shown(0.5, .dateTime) == "12:00:00")
        #expect(shown(0.5, .date) == "0.5")
        #expect(shown(1.5, .time) == "1.5")
    }

    @Test("Numbers as they are stored")
    func numbers() {
        func parse(_ text: String) -> Double? {
            Array(text.utf8).withUnsafeBufferPointer { StoredNumber.parse($0) }
        }
        for text in [
            "0", "1", "22.5", "0.1", "-0.35416666666666669", "1E+3", "1.7976931348623157E308", "123456789012345678",
            "43405.354166666664", "999999999999999", "0.000000000000001", "5e-324",
        ] { #expect(parse(text) == Double(text), "\(text)") }
        for text in ["", " ", "-", ".", "nan", "inf", "0x1p3", "1e999", "1,5", "1 2", "--1"] {
            #expect(parse(text) == nil, "\(text)")
        }
        #expect(parse(" 7\n") == 7)
    }
}
