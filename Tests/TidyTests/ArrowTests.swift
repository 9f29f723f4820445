import Foundation
import Testing
import TestSupport

@Suite("The house: arrows point down only")
struct ArrowTests {
    /// Floors from the top; a target may need targets of lower floors, and within the middle floor those named below.
    private static let floors: [String: Int] = [
        "Commands": 5, "Stages": 4,
        "Sheets": 3, "Ledger": 3, "Codec": 3, "Settings": 3, "Reports": 3, "RunPage": 3, "Forms": 3, "Payroll": 3,
        "Matching": 3,
        "Registers": 3,
        "Rules": 3,
        "Tables": 2, "Work": 2, "Domain": 1,
    ]
    /// Who may look sideways on the middle floor: what is read or stored is spoken of in the pure rooms' words.
    private static let sideways: [String: Set<String>] = [
        "Settings": ["Rules", "Forms"], "Ledger": ["Matching", "Registers", "Codec"], "Codec": ["Matching"],
        "Matching": ["Registers"],
        "Payroll": ["Rules", "Matching"],
        "Reports": ["Rules"], "RunPage": ["Rules", "Reports"],
    ]
    private static let pure: Set<String> = [
        "Domain", "Tables", "Rules", "Forms", "Matching", "Registers", "Payroll", "Reports", "RunPage",
    ]
    private static let forbiddenInPure: Set<String> = [
        "Foundation", "FoundationEssentials", "FoundationNetworking", "Glibc", "Musl", "Dispatch", "Synchronization",
    ]

    private func isAllowed(_ from: String, _ to: String, commands: Set<String>) -> Bool {
        guard let lower = Self.floors[to] else { return true }
        guard let upper = Self.floors[from] else { return commands.contains(from) }
        if upper == lower { return Self.sideways[from]?.contains(to) ?? false }
        return upper > lower
    }

    @Test("Package.swift lets no target need one above it")
    func manifestArrows() throws {
        let manifest = try Manifest()
        #expect(manifest.needs.count > 15, "the manifest was not understood")
        for (target, needs) in manifest.needs where !target.hasSuffix("Tests") {
            for need in needs where !isAllowed(target, need, commands: manifest.commands) {
                Issue.record("\(target) → \(need)")
            }
        }
    }

    @Test("no source file imports a room above it, or one that Package.swift does not name")
    func importArrows() throws {
        let manifest = try Manifest()
        let own = Set(manifest.needs.keys)
        for file in SourceFile.below("Sources") {
            for module in file.imports {
                if !isAllowed(file.target, module, commands: manifest.commands) {
                    Issue.record("\(file.path) imports \(module)")
                }
                if own.contains(module), !(manifest.needs[file.target]?.contains(module) ?? false) {
                    Issue.record("\(file.path) imports \(module), which \(file.target) does not name")
                }
            }
        }
    }

    @Test("pure rooms import no file, clock or network")
    func pureRooms() {
        for file in SourceFile.below("Sources") where Self.pure.contains(file.target) {
            let found = file.imports.intersection(Self.forbiddenInPure)
            #expect(found.isEmpty, "\(file.path) imports \(found.sorted())")
            let others = file.imports.subtracting(Self.pure).subtracting(file.target == "RunPage" ? ["Mustache"] : [])
            #expect(others.isEmpty, "\(file.path) imports \(others.sorted())")
        }
    }

    @Test("every folder of Sources is a target, and every file lies in one")
    func everyFileIsBuilt() throws {
        let manifest = try String(contentsOfFile: PackageRoot.at("Package.swift"), encoding: .utf8)
        for name in try FileManager.default.contentsOfDirectory(atPath: PackageRoot.at("Sources")).sorted() {
            #expect(manifest.contains("\"\(name)\""), "Sources/\(name) belongs to no target")
        }
    }
}
