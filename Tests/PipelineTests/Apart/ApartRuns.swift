import Domain
import Foundation
import TestSupport
import Testing

/// The same inbox computed in one ledger, and county by county with a province that merges.
struct ApartRuns {
    let whole: Workplace
    let counties: [SmallProvince.County]
    private let folder: TemporaryFolder
    let key: String

    /// - Parameter policy: what to add to the shipped policy file.
    init(
        _ counties: [SmallProvince.County], asOf: String = "2018-12-05", policy: String = "",
        write: (String) throws -> Void
    ) throws {
        var whole = try Workplace(asOf: asOf)
        if !policy.isEmpty {
            let text = try String(contentsOfFile: whole.policy, encoding: .utf8)
            whole.policy = whole.folder.at("policy.yaml")
            try (text + policy).write(toFile: whole.policy, atomically: true, encoding: .utf8)
        }
        self.whole = whole
        self.counties = counties
        folder = try TemporaryFolder()
        key = folder.at("province.key")
        try folder.write("province.key", String(repeating: "0123456789abcdef", count: 4))
        try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: key)
        try write(whole.inbox)
    }

    func output(_ county: SmallProvince.County) -> String { folder.at("counties/\(county.code)/output") }
    var province: String { folder.at("province") }

    func given(_ kind: String, _ county: SmallProvince.County, _ ending: String) -> String {
        "\(province)/for-counties/\(kind)-for-\(county.code).\(ending)"
    }

    @discardableResult
    func wholeRun() throws -> BuiltProgram.Result { try whole.run("--key", key) }

    /// A run of one county alone.
    @discardableResult
    func run(_ county: SmallProvince.County, _ more: [String] = []) throws -> BuiltProgram.Result {
        try runWithoutKey(county, ["--quiet", "--key", key] + more)
    }

    /// The same by the key that an earlier run was told.
    func runWithoutKey(_ county: SmallProvince.County, _ more: [String] = []) throws -> BuiltProgram.Result {
        try Workplace.zhucun.run(
            [
                "run", "--inbox", whole.inbox, "--ledger", folder.at("counties/\(county.code)/ledger/z.sqlite"),
                "--output", output(county), "--policy", whole.policy, "--as-of", whole.asOf, "--county",
                county.code, "--language", "en",
            ] + more, in: folder.path)
    }

    /// Changes the county's ledger past the program.
    func execute(_ county: SmallProvince.County, _ statement: String, _ value: Data) throws {
        try TestLedger.execute(folder.at("counties/\(county.code)/ledger/z.sqlite"), statement, value)
    }

    /// A pipeline file whose county closes only what its province has merged.
    func folderPipeline() throws {
        try folder.write(
            "pipeline.yaml",
            """
            policy: \(whole.policy)
            forms: \(PackageRoot.at("pipelines/forms"))
            regions: \(PackageRoot.at("pipelines/regions/qinghai.yaml"))
            exportFolder: \(PackageRoot.at("pipelines/exports"))
            province: {key: province.key}
            """)
    }

    /// A command on the county's ledger.
    func command(_ county: SmallProvince.County, _ arguments: [String]) throws -> BuiltProgram.Result {
        try Workplace.zhucun.run(
            arguments + [
                "--pipeline", folder.at("pipeline.yaml"), "--ledger",
                folder.at("counties/\(county.code)/ledger/z.sqlite"), "--output", output(county), "--language", "en",
            ], in: folder.path)
    }

    func close(_ county: SmallProvince.County, _ period: String) throws -> BuiltProgram.Result {
        try Workplace.zhucun.run(
            [
                "close", period, "--yes", "--county", county.code, "--pipeline", folder.at("pipeline.yaml"), "--ledger",
                folder.at("counties/\(county.code)/ledger/z.sqlite"), "--output", output(county), "--language", "en",
            ], in: folder.path)
    }

    var extracts: [String] {
        counties.flatMap { county in
            FileTree(output(county)).files.keys.filter { $0.contains("/extract-") }.map { output(county) + "/" + $0 }
        }.sorted()
    }

    @discardableResult
    func merge(_ extracts: [String]? = nil, _ more: [String] = []) throws -> BuiltProgram.Result {
        try Workplace.zhucun.run(
            ["province"] + (extracts ?? self.extracts)
                + ["--output", province, "--policy", whole.policy, "--language", "en"] + more, in: folder.path)
    }

    /// What the province gives back, as flags of a run.
    func back(_ county: SmallProvince.County) -> [String] {
        [("--claims", "claims", "csv"), ("--records", "records", "json"), ("--quotas", "quotas", "json")].flatMap {
            flag, kind, ending in
            let path = given(kind, county, ending)
            return FileManager.default.fileExists(atPath: path) ? [flag, path] : []
        }
    }

    /// Both passes and the merges between and after them.
    func twoPasses() throws {
        for county in counties { #expect(try run(county).exit <= 1) }
        #expect(try merge().exit == 0)
        for county in counties {
            let result = try run(county, back(county))
            #expect(result.exit <= 1, "\(result.error)")
        }
        #expect(try merge().exit == 0)
    }

    /// Hands back once more what changed since, until nothing does.
    func settle() throws {
        for _ in 0..<3 {
            let before = FileTree(province).contents
            for county in counties { #expect(try run(county, back(county)).exit <= 1) }
            #expect(try merge().exit == 0)
            if FileTree(province).contents == before { return }
        }
    }

    /// Puts everything where somebody can look at it: below the folder that `ZHUCUN_PROVINCES_KEEP` names.
    func keep(_ name: String) throws {
        guard let kept = ProcessInfo.processInfo.environment["ZHUCUN_PROVINCES_KEEP"] else { return }
        try whole.copy(whole.output, to: "\(kept)/\(name)/whole")
        for county in counties { try whole.copy(output(county), to: "\(kept)/\(name)/\(county.code)") }
        try whole.copy(province, to: "\(kept)/\(name)/province")
        try whole.copy(whole.inbox, to: "\(kept)/\(name)/inbox")
    }

    /// Files of counties and of the province that are not the same bytes in both, by path.
    func differences() -> [String] {
        var apart = FileTree(province).contents
        for county in counties {
            for (path, bytes) in FileTree(output(county)).contents where path.contains("/\(county.code)-") {
                apart[path] = bytes
            }
        }
        let together = whole.outputs.contents
        return Set(apart.keys).union(together.keys).sorted().filter { path in
            let isOfCounty = counties.contains { path.contains("/\($0.code)-") }
            let isOfProvince = path.contains("/province/") && !path.contains("/double-presence-")
            return (isOfCounty || isOfProvince) && apart[path] != together[path]
        }
    }
}
