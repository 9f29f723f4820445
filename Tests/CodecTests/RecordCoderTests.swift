import Codec
import Domain
import Testing

@Suite("Records kept as compact bytes")
struct RecordCoderTests {
    private enum Choice: Codable, Equatable {
        case plain
        case days(from: Int, to: Int?)
        case text(String)
    }
    private struct Inner: Codable, Equatable {
        var id = "630121198801019211"
        var maybe: String?
        var flags: [Bool?] = [true, nil, false]
    }
    private struct Record: Codable, Equatable {
        var name = "张世安"
        var count = -7
        var small: Int32 = -1
        var share = 0.25
        var inner: Inner? = Inner()
        var list: [Inner] = [Inner(), Inner(id: "", maybe: "不详", flags: [])]
        var choices: [Choice] = [.plain, .days(from: 3, to: nil), .days(from: -1, to: 4), .text("春节")]
        var lists: [[Int]] = [[], [1], [2, Int.max, Int.min]]
        var nothing: String?
        var last = "张世安"
    }
    /// What a later version keeps of the same record.
    private struct Later: Codable, Equatable {
        var last: String
        var added: String?
        var choices: [Choice]
        var name: String
    }

    @Test("come back as they were")
    func roundTrip() throws {
        let record = Record()
        let bytes = try RecordCoder.bytes(of: record)
        #expect(try RecordCoder.record(Record.self, of: bytes) == record)
        #expect(try RecordCoder.bytes(of: record) == bytes)
        let bare = Record(inner: nil, list: [], choices: [], lists: [], nothing: "doch")
        #expect(try RecordCoder.record(Record.self, of: try RecordCoder.bytes(of: bare)) == bare)
        #expect(try RecordCoder.record([Int].self, of: try RecordCoder.bytes(of: [Int]())) == [])
        #expect(try RecordCoder.record(String.self, of: try RecordCoder.bytes(of: "一")) == "一")
    }

    @Test("are read by their keys: a later version asks for fewer, for others, in another order")
    func otherVersion() throws {
        let later = try #require(try RecordCoder.record(Later.self, of: try RecordCoder.bytes(of: Record())))
        #expect(later.last == "张世安" && later.added == nil && later.name == "张世安")
        #expect(later.choices == Record().choices)
        #expect(throws: DecodingError.self) {
            try RecordCoder.record(Record.self, of: try RecordCoder.bytes(of: Inner()))
        }
    }

    @Test("a damaged byte or a cut is an error or another record, never a trap")
    func damage() throws {
        let bytes = try RecordCoder.bytes(of: Record())
        for place in bytes.indices {
            for bit in 0..<8 {
                var damaged = bytes
                damaged[place] ^= 1 << UInt8(bit)
                attempt(damaged)
            }
            attempt(Array(bytes[..<place]))
        }
        #expect(throws: PackingError.self) { try RecordCoder.record(Record.self, of: Array(bytes.dropLast())) }
        #expect(throws: PackingError.self) { try RecordCoder.record(Record.self, of: [bytes[0]]) }
        // What is not of this shape at all may be an earlier version's.
        #expect(try RecordCoder.record(Record.self, of: []) == nil)
        #expect(try RecordCoder.record(Record.self, of: Array("{}".utf8)) == nil)
    }

    private func attempt(_ bytes: [UInt8]) {
        do {
            _ = try RecordCoder.record(Record.self, of: bytes)
        } catch is PackingError {
        } catch is DecodingError {
        } catch {
            Issue.record("\(error)")
        }
    }

    @Test("registers come back as they were, as JSON would keep them, in a fraction of the room")
    func registers() throws {
        var records = CountyRecords(
            county: CountyRecord(
                code: try #require(CountyCode("630202")), name: "乐都区", prefecture: "海东市",
                isDeepPoverty: false))
        records.unitsWithUntoldVisits = ["乐都区财政局"]
        let bytes = try RecordCoder.bytes(of: records)
        let again = try #require(try RecordCoder.record(CountyRecords.self, of: bytes))
        #expect(try RecordCoder.bytes(of: again) == bytes)
        #expect(again.unitsWithUntoldVisits == records.unitsWithUntoldVisits && again.county == records.county)
    }
}
