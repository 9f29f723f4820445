import Foundation
import RunPage
import Testing

/// The page in a real browser, where one is installed.
@Suite("Run page in a browser", .enabled(if: Browser.path != nil), .serialized)
struct BrowserTests {
    @Test("the page loads without a message on the console and keeps its text")
    func console() throws {
        var model = SampleModels.county
        model.counties[0].months[0].townships[0].name = "<script>document.title='x'</script>"
        let result = try Browser.run(RunPage.bytes(model), ["--enable-logging=stderr", "--v=0", "--dump-dom"])
        #expect(!result.errors.contains("CONSOLE"), "\(result.errors)")
        #expect(result.output.contains("<h1>"))
        #expect(result.output.contains("&lt;script&gt;document.title"))
        #expect(!result.output.contains("<title>x</title>"))
    }

    @Test("no width makes the page itself scroll sideways", arguments: [390, 768, 1280])
    func width(_ width: Int) throws {
        // The page forbids scripts; this copy lets one measure it.
        let html = String(
            decoding: RunPage.bytes(SampleModels.model(counties: 1, months: 12, townships: 5)), as: UTF8.self)
        let measured = html.replacingOccurrences(of: "default-src 'none';", with: "script-src 'unsafe-inline';")
            .replacingOccurrences(
                of: "</body>",
                with:
                    "<script>var w=document.documentElement;document.body.dataset.over=w.scrollWidth-w.clientWidth</script></body>"
            )
        // A frame gives the width: windows have a least one.
        let framed = "<!DOCTYPE html><iframe width=\"\(width)\" height=\"900\" src=\"page.html\"></iframe>"
        let result = try Browser.run(
            Array(framed.utf8), ["--dump-dom", "--allow-file-access-from-files"],
            beside: ["page.html": Array(measured.utf8)], script: Browser.readsFrame)
        #expect(result.output.contains("over=0;"), "\(result.output.suffix(200))")
    }
}

/// A headless browser.
enum Browser {
    static let path = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"].first {
        FileManager.default.isExecutableFile(atPath: $0)
    }

    /// Writes into the outer page what the inner one measured.
    static let readsFrame = """
        <script>onload=function(){var f=document.querySelector('iframe').contentDocument.body.dataset.over;\
        document.body.append('over='+f+';')}</script>
        """

    static func run(
        _ html: [UInt8], _ arguments: [String], beside: [String: [UInt8]] = [:], script: String = ""
    ) throws -> (output: String, errors: String) {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("page-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let file = folder.appendingPathComponent("index.html")
        try (Data(html) + Data(script.utf8)).write(to: file)
        for (name, bytes) in beside { try Data(bytes).write(to: folder.appendingPathComponent(name)) }
        let process = Process()
        process.executableURL = URL(fileURLWithPath: try #require(path))
        process.arguments =
            ["--headless", "--no-sandbox", "--disable-gpu", "--user-data-dir=\(folder.path)/profile"] + arguments
            + [file.absoluteString]
        let output = folder.appendingPathComponent("output")
        let errors = folder.appendingPathComponent("errors")
        try Data().write(to: output)
        try Data().write(to: errors)
        process.standardOutput = try FileHandle(forWritingTo: output)
        process.standardError = try FileHandle(forWritingTo: errors)
        try process.run()
        process.waitUntilExit()
        return (
            String(decoding: try Data(contentsOf: output), as: UTF8.self),
            String(decoding: try Data(contentsOf: errors), as: UTF8.self)
        )
    }
}
