// swift-tools-version: 6.2
import PackageDescription

let strict: [SwiftSetting] = [.treatAllWarnings(as: .error)]

/// A library target of the house. Arrows point down only; `TidyTests` holds that.
func room(_ name: String, _ needs: [Target.Dependency] = []) -> Target {
    .target(name: name, dependencies: needs, swiftSettings: strict)
}

func command(_ name: String, _ needs: [Target.Dependency]) -> Target {
    .executableTarget(name: name, dependencies: needs, swiftSettings: strict)
}

func tests(_ name: String, _ needs: [Target.Dependency], fixtures: [String] = []) -> Target {
    .testTarget(name: name, dependencies: needs, exclude: fixtures, swiftSettings: strict)
}

let arguments = Target.Dependency.product(name: "ArgumentParser", package: "swift-argument-parser")
let grdb = Target.Dependency.product(name: "GRDB", package: "GRDB.swift")
let yams = Target.Dependency.product(name: "Yams", package: "Yams")
let logging = Target.Dependency.product(name: "Logging", package: "swift-log")
let mustache = Target.Dependency.product(name: "Mustache", package: "swift-mustache")

let package = Package(
    name: "zhucun",
    dependencies: [
        .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
        .package(url: "https://github.com/hummingbird-project/swift-mustache", from: "2.1.1"),
    ],
    targets: [
        .systemLibrary(name: "CLibXML2", pkgConfig: "libxml-2.0", providers: [.apt(["libxml2-dev"])]),
        .systemLibrary(name: "CLibZip", pkgConfig: "libzip", providers: [.apt(["libzip-dev"])]),
        .systemLibrary(name: "CXlsxWriter", pkgConfig: "xlsxwriter", providers: [.apt(["libxlsxwriter-dev"])]),
        .systemLibrary(name: "CLibDeflate", pkgConfig: "libdeflate", providers: [.apt(["libdeflate-dev"])]),
        // In C: stands in for functions of a C library, and calls what Swift does not see.
        .target(name: "CStorage", linkerSettings: [.linkedLibrary("sqlite3")]),
        .systemLibrary(name: "CLibCSV", providers: [.apt(["libcsv-dev"])]),
        .systemLibrary(name: "CLibCrypto", pkgConfig: "libcrypto", providers: [.apt(["libssl-dev"])]),

        // Pure: no files, no clock, no network.
        room("Domain"),
        room("Tables", ["Domain"]),
        room("Rules", ["Domain"]),
        room("Forms", ["Domain", "Tables"]),
        room("Registers", ["Domain"]),
        room("Matching", ["Domain", "Registers"]),
        room("Payroll", ["Domain", "Rules", "Matching"]),
        room("Reports", ["Domain", "Tables", "Rules"]),
        room("RunPage", ["Domain", mustache]),

        // The edges.
        room(
            "Sheets",
            ["Domain", "Tables", "CLibXML2", "CLibZip", "CLibDeflate", "CXlsxWriter", "CStorage", "CLibCSV"]),
        room("Settings", ["Domain", "Tables", "Rules", "Forms", yams]),
        room("Work", ["Domain", "CLibCrypto"]),
        room("Codec", ["Domain", "Matching"]),
        room("Ledger", ["Domain", "Registers", "Matching", "CStorage", "Work", "Codec", grdb]),

        room(
            "Stages",
            [
                "Domain", "Tables", "Rules", "Forms", "Registers", "Matching", "Payroll", "Reports", "RunPage",
                "Sheets", "Settings", "Work", "Codec", "Ledger", logging,
            ]),
        room("Commands", ["Domain", "Codec", "Ledger", "Settings", "Sheets", "Stages", arguments, logging]),
        command("zhucun-ingest", ["Commands"]),
        command("zhucun-normalize", ["Commands"]),
        command("zhucun-compute", ["Commands"]),
        command("zhucun-report", ["Commands"]),
        command(
            "zhucun",
            ["Commands", "Stages", "Ledger", "Domain", "Reports", "Settings", "Sheets", arguments]),
        // Not shipped: `make bench`.
        .executableTarget(
            name: "zhucun-benchmark", dependencies: ["Domain", "Tables", "Reports", "Settings", "Sheets", arguments],
            path: "Benchmarks/Sources/zhucun-benchmark", swiftSettings: strict),

        tests("DomainTests", ["Domain"]),
        tests("DocumentationTests", ["Domain"]),
        tests("RulesTests", ["Domain", "Rules"]),
        tests("SettingsTests", ["Domain", "Rules", "Settings"]),
        tests("FormsTests", ["Forms", "Domain", "Tables", "Settings", "Sheets"]),
        tests("SheetsTests", ["Sheets", "Domain", "Tables"], fixtures: ["Fixtures"]),
        tests("ReportsTests", ["Domain", "Tables", "Rules", "Reports"]),
        tests("RunPageTests", ["RunPage", "Domain"]),
        tests("StatusTests", ["Stages", "Ledger", "Domain", "Registers", "Matching"]),
        tests("CommandsTests", ["Commands", "Stages", "Domain", "TestSupport", "zhucun"]),
        tests(
            "WritersTests", ["Domain", "Tables", "Rules", "Reports", "Settings", "Sheets", "CStorage", "TestSupport"]),
        tests("InspectTests", ["Stages", "Domain", "Forms", "Settings", "Sheets", "Tables", yams]),
        tests(
            "TemplateTests",
            ["Stages", "Reports", "Domain", "Forms", "Settings", "Sheets", "Tables", "TestSupport", yams]),
        tests("ReturnTests", ["Stages", "Reports", "Domain", "Forms", "Settings", "Sheets", "Tables", logging, yams]),
        tests("MatchingTests", ["Domain", "Registers", "Matching", "TestSupport"]),
        tests("RegistersTests", ["Domain", "Registers", "TestSupport"]),
        tests(
            "PayrollTests",
            [
                "Domain", "Rules", "Registers", "Matching", "Payroll", "Ledger", "Settings", "Stages", "TestSupport",
                logging,
            ]),
        tests("CodecTests", ["Domain", "Matching", "Codec", "TestSupport"]),
        tests("LedgerTests", ["Codec", "Domain", "Registers", "Matching", "Work", "Ledger", "TestSupport", grdb]),
        tests("TidyTests", ["Domain", "TestSupport"]),
        tests(
            "PipelineTests",
            [
                "Domain", "TestSupport", grdb, "zhucun", "zhucun-ingest", "zhucun-normalize", "zhucun-compute",
                "zhucun-report",
            ]),
        // What tests share: folders, workbooks, made-up counties, running the built programs.
        .target(
            name: "TestSupport", dependencies: ["Domain", "Tables", "Sheets", "Registers", "Matching"],
            path: "Tests/TestSupport",
            swiftSettings: strict),
    ],
    swiftLanguageModes: [.v6])

// `scripts/fuzz.sh`: the fuzz targets, with libFuzzer's driver from the toolchain. Not part of an ordinary build.
if let runtime = Context.environment["ZHUCUN_FUZZ_RUNTIME"] {
    package.targets += [
        .target(name: "CFuzzer", path: "Tests/Fuzz/CFuzzer"),
        .executableTarget(
            name: "zhucun-fuzz",
            dependencies: [
                "CFuzzer", "Codec", "Domain", "Forms", "Matching", "Rules", "Settings", "Sheets", "Tables",
            ],
            path: "Tests/Fuzz/Targets", swiftSettings: strict,
            linkerSettings: [.unsafeFlags(["-Xlinker", runtime]), .linkedLibrary("stdc++")]),
    ]
}
