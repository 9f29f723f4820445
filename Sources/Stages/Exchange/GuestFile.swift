import Codec
import Domain
import Registers

/// Rows of a register file of another county.
struct GuestFile: Packable, Hashable {
    var county: CountyCode
    var countyName: String
    /// Relative to that county's inbox.
    var path: String
    /// Time of receipt. Unit: nanoseconds since 1970.
    var modified: Int
    var isCurrent: Bool
    var isBesideAttendance: Bool
    var rows: [FormRow]

    init(_ source: RegisterSource, of county: CountyRecord, rows: [FormRow]) {
        self.county = county.code
        countyName = county.name
        path = source.order.path
        modified = source.order.modified
        isCurrent = source.isCurrent
        isBesideAttendance = source.isBesideAttendance
        self.rows = rows
    }

    func pack(_ writer: inout PackWriter) {
        writer.write(county.text)
        writer.write(countyName)
        writer.write(path)
        writer.write(modified)
        writer.write(isCurrent)
        writer.write(isBesideAttendance)
        writer.write(rows)
    }

    init(_ reader: inout PackReader) throws(PackingError) {
        guard let county = CountyCode(try reader.string()) else { throw PackingError(what: "county of a guest") }
        self.county = county
        countyName = try reader.string()
        path = try reader.string()
        modified = try reader.int()
        isCurrent = try reader.bool()
        isBesideAttendance = try reader.bool()
        rows = try reader.array(FormRow.self)
    }

    /// Files of the same place and time together, each row once, in their order.
    static func joined(_ files: [GuestFile]) -> [GuestFile] {
        var joined: [[String]: GuestFile] = [:]
        for file in files {
            let key = [file.county.text, file.path, String(file.modified), file.isBesideAttendance ? "1" : "0"]
            joined[key, default: GuestFile(file, rows: [])].rows += file.rows
        }
        return joined.sorted { $0.key.lexicographicallyPrecedes($1.key) }.map { _, file in
            var file = file
            var seen: Set<FormRow> = []
            file.rows = file.rows.filter { seen.insert($0).inserted }.sorted {
                ($0.sheet, $0.cell, $0.form.rawValue) < ($1.sheet, $1.cell, $1.form.rawValue)
            }
            return file
        }
    }

    private init(_ file: GuestFile, rows: [FormRow]) {
        self = file
        self.rows = rows
    }

    func source(arrival: Int) -> RegisterSource {
        RegisterSource(
            order: FileOrder(modified: modified, path: path, arrival: arrival), isCurrent: isCurrent,
            isBesideAttendance: isBesideAttendance, rows: rows)
    }
}
