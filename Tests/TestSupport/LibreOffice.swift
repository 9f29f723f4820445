import Foundation

/// LibreOffice as the clerk: opens the template, types marks, saves.
public enum LibreOffice {
    public static let path = ["/usr/bin/soffice", "/usr/local/bin/soffice"].first {
        FileManager.default.isExecutableFile(atPath: $0)
    }

    /// Runs a Basic macro of a profile of its own.
    public static func run(macro: String, in folder: String) throws {
        // The first start makes the profile and would overwrite a library that is there already.
        try start(["macro:///Standard.Module1.Main"], in: folder)
        let basic = folder + "/profile/user/basic/Standard"
        try FileManager.default.createDirectory(atPath: basic, withIntermediateDirectories: true)
        let header = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
        func library(_ body: String) -> String {
            header + "<!DOCTYPE library:library PUBLIC \"-//OpenOffice.org//DTD OfficeDocument 1.0//EN\" "
                + "\"library.dtd\">\n" + body
        }
        try library(
            "<library:library xmlns:library=\"http://openoffice.org/2000/library\" library:name=\"Standard\" "
                + "library:readonly=\"false\" library:passwordprotected=\"false\">"
                + "<library:element library:name=\"Clerk\"/></library:library>"
        ).write(toFile: basic + "/script.xlb", atomically: true, encoding: .utf8)
        let escaped = macro.replacingOccurrences(of: "&", with: "&amp;").replacingOccurrences(of: "<", with: "&lt;")
        try
            (header
            + "<!DOCTYPE script:module PUBLIC \"-//OpenOffice.org//DTD OfficeDocument 1.0//EN\" \"module.dtd\">\n"
            + "<script:module xmlns:script=\"http://openoffice.org/2000/script\" script:name=\"Clerk\" "
            + "script:language=\"StarBasic\">\(escaped)</script:module>")
            .write(toFile: basic + "/Clerk.xba", atomically: true, encoding: .utf8)
        try start(["macro:///Standard.Clerk.Fill"], in: folder)
    }

    private static func start(_ arguments: [String], in folder: String) throws {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: path ?? "soffice")
        process.arguments =
            ["-env:UserInstallation=file://\(folder)/profile", "--headless", "--norestore"] + arguments
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        try process.run()
        process.waitUntilExit()
    }
}
