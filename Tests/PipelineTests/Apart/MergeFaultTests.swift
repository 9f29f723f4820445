import Domain
import Foundation
import TestSupport
import Testing

/// Source: spec §11: «output of a task is committed whole (a folder with a manifest)».
@Suite("A merge that is stopped in the middle", .serialized)
struct MergeFaultTests {
    /// Shape of `MANIFEST.json`.
    private struct Manifest: Decodable { var files: [String: String] }

    /// Files of a merge that are not those that its manifest names.
    private func strange(_ place: Workplace) throws -> [String] {
        let data = try Data(contentsOf: URL(fileURLWithPath: place.output + "/MANIFEST.json"))
        let told = try JSONDecoder().decode(Manifest.self, from: data).files
        return place.outputs.files.filter { path, entry in
            path != "MANIFEST.json" && !path.hasSuffix(".part") && !path.hasSuffix(".was")
                && told[path] != SHA256.hex(entry.bytes)
        }.keys.sorted()
    }

    /// Two counties, merged once into a place of its own, and run again since: the next merge changes what they get.
    private func runs() throws -> (ApartRuns, Workplace, [String]) {
        var province = SmallProvince(seed: 4, counties: 2)
        let runs = try ApartRuns(province.counties) { try province.write(to: $0) }
        for county in runs.counties { #expect(try runs.run(county).exit <= 1) }
        let place = try Workplace()
        let arguments =
            ["province"] + runs.extracts + [
                "--output", place.output, "--policy", runs.whole.policy, "--language", "en",
            ]
        #expect(try Workplace.zhucun.run(arguments, in: place.folder.path).exit == 0)
        for county in runs.counties {
            let path = "\(runs.whole.inbox)/\(county.folder)/补.xlsx"
            let number = county.code == runs.counties[0].code ? 0 : 1
            try TestCounty(code: county.code, name: county.name, postings: []).writeAttendance(
                SmallProvince.months[0], township: "川口镇", province.supplement(number), to: path)
            #expect(try runs.run(county).exit <= 1)
        }
        return (runs, place, arguments)
    }

    @Test("a call that fails leaves the folder as it was or as it shall be; a kill leaves what is refused by name")
    func sweep() throws {
        let harness = try FaultHarness()
        let (runs, place, arguments) = try runs()
        let before = PlaceState(place)
        let old = place.outputs
        let quiet = try harness.run(place, arguments)
        #expect(quiet.result.exit == 0, "\(quiet.result.error)")
        let new = place.outputs
        #expect(old.differences(new).count > 4 && quiet.calls > 30)
        var refused = 0
        // Names are given in the third quarter.
        let kinds = [FaultHarness.Kind.io, .noSpace, .kill]
        for (index, call) in (FaultHarness.calls(quiet.calls, sample: 9) + [quiet.calls * 3 / 4]).enumerated() {
            for kind in FaultHarness.isThorough ? kinds : [index == 9 ? .kill : kinds[index % 3]] {
                let what = "\(kind) at call \(call)"
                try before.restore()
                let result = try harness.run(place, arguments, failing: call, kind).result
                let now = place.outputs
                if kind != .kill {
                    #expect(result.exit == 0 || result.exit == 2 && !result.error.isEmpty, "\(what): \(result.exit)")
                    // What was kept of the old file until then is hidden, and gone after the next merge.
                    let different = now.differences(result.exit == 0 ? new : old).filter { !$0.hasSuffix(".was") }
                    #expect(different.isEmpty, "\(what): \(different) \(result.error)")
                }
                let strange = try strange(place)
                #expect(kind == .kill || strange.isEmpty, "\(what): \(strange)")
                for county in runs.counties where refused < 3 {
                    guard strange.contains(where: { $0.contains("-for-\(county.code)") }) else { continue }
                    let flags = [("--claims", "csv"), ("--records", "json"), ("--quotas", "json")].flatMap {
                        ["\($0)", "\(place.output)/for-counties/\($0.dropFirst(2))-for-\(county.code).\($1)"]
                    }
                    let taken = try runs.run(county, flags)
                    #expect(taken.exit == 2 && taken.error.contains("another merge"), "\(what): \(taken.error)")
                    refused += 1
                }
                let again = try Workplace.zhucun.run(arguments, in: place.folder.path)
                #expect(again.exit == 0 && place.outputs.differences(new) == [], "\(what), repeated: \(again.error)")
            }
        }
        #expect(refused > 0)
    }

    @Test("files of two merges that were copied side by side are refused by name, and nothing is taken in")
    func copies() throws {
        let (runs, place, arguments) = try runs()
        let county = runs.counties[0]
        let folder = try TemporaryFolder()
        func copy(_ names: [(String, String)]) throws {
            for (kind, ending) in names {
                let name = "\(kind)-for-\(county.code).\(ending)"
                let target = folder.at(name)
                if FileManager.default.fileExists(atPath: target) { try FileManager.default.removeItem(atPath: target) }
                try FileManager.default.copyItem(atPath: "\(place.output)/for-counties/\(name)", toPath: target)
            }
        }
        func take() throws -> BuiltProgram.Result {
            try runs.run(
                county,
                [("--claims", "csv"), ("--records", "json"), ("--quotas", "json")].flatMap {
                    ["\($0)", folder.at("\($0.dropFirst(2))-for-\(county.code).\($1)")]
                })
        }
        try copy([("claims", "csv"), ("records", "json"), ("quotas", "json")])
        #expect(try Workplace.zhucun.run(arguments, in: place.folder.path).exit == 0)
        try copy([("claims", "csv")])
        let mixed = try take()
        #expect(mixed.exit == 2 && mixed.error.contains("not given back by one merge"), "\(mixed.error)")
        try copy([("records", "json"), ("quotas", "json")])
        let whole = try take()
        #expect(whole.exit <= 1, "\(whole.error)")
    }
}
