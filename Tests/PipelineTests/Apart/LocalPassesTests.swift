import Domain
import Foundation
import TestSupport
import Testing

@Suite("The passes of a province without Spark")
struct LocalPassesTests {
    private static let task = PackageRoot.at("pipelines/local/county_task.py")
    private static let passes = PackageRoot.at("pipelines/local/two-passes.sh")

    /// A program that ends with 2 for a county while a file of its name lies in the folder, and else is the real one.
    private func program(_ folder: TemporaryFolder) throws -> String {
        try folder.write(
            "zhucun",
            """
            #!/bin/sh
            case "$*" in run*) for code in "\(folder.path)"/broken-*; do
              case "$*" in *"--county ${code##*-}"*) echo "no such disk" >&2; exit 2;; esac
            done;; esac
            exec "\(Workplace.zhucun.path)" "$@"
            """)
        try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: folder.at("zhucun"))
        return folder.at("zhucun")
    }

    @Test("a county in quarantine is told, and what it handed over before still counts for the others")
    func quarantine() throws {
        var province = SmallProvince(seed: 4, counties: 2)
        let runs = try ApartRuns(province.counties) { try province.write(to: $0) }
        let folder = try TemporaryFolder()
        let program = try program(folder)
        func passes() throws -> BuiltProgram.Result {
            try BuiltProgram(path: "/bin/bash").run(
                [
                    Self.passes, "--inbox", runs.whole.inbox, "--state", folder.at("state"), "--output",
                    folder.at("province"), "--key", runs.key, "--tasks", "1", "--policy", runs.whole.policy, "--",
                    "--as-of", runs.whole.asOf,
                ], in: folder.path,
                environment: ["ZHUCUN": program, "ZHUCUN_PIPELINE": PackageRoot.at("pipelines/nightly.yaml")])
        }
        let (one, two) = (runs.counties[0], runs.counties[1])
        try folder.write("broken-\(two.code)", "")
        try folder.write("broken-\(one.code)", "")
        let nobody = try passes()
        #expect(nobody.exit == 2 && nobody.error.contains("no county could be run"), "\(nobody.error)")
        try FileManager.default.removeItem(atPath: folder.at("broken-\(one.code)"))
        try FileManager.default.removeItem(atPath: folder.at("broken-\(two.code)"))
        let whole = try passes()
        #expect(whole.exit <= 1 && whole.error.isEmpty, "\(whole.error)")
        let claims = folder.at("province/for-counties/claims-for-\(one.code).csv")
        let before = try Data(contentsOf: URL(fileURLWithPath: claims))
        #expect(String(decoding: before, as: UTF8.self).contains(two.code))
        try folder.write("broken-\(two.code)", "")
        let broken = try passes()
        #expect(broken.exit == 1)
        #expect(broken.error.contains("\(two.code): quarantine: no such disk"), "\(broken.error)")
        #expect(try Data(contentsOf: URL(fileURLWithPath: claims)) == before)
    }

    @Test("a task that was slow does not take back what a twin or a later pass put in place since")
    func slowTwin() throws {
        let folder = try TemporaryFolder()
        // What it writes is the last thing that lies beside it.
        try folder.write(
            "zhucun",
            """
            #!/bin/sh
            while [ "$1" != --output ]; do shift; done
            mkdir -p "$2" && cp "\(folder.path)/answer" "$2/answer"
            """)
        try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: folder.at("zhucun"))
        let script = """
            import sys
            sys.path.insert(0, sys.argv[1])
            import county_task
            place = sys.argv[2]
            def task(answer, before=None):
                open(place + "/answer", "w").write(answer)
                return county_task.perform(place + "/state", "630202", place, place + "/key", place + "/zhucun",
                                           before=before)
            def current():
                return open(place + "/state/630202/current/output/answer").read()
            assert task("first")[0] == 0 and current() == "first"
            # Both began from the first; the slow one made its own and sleeps before it commits.
            assert task("slow", before=lambda: task("second"))[0] == 0
            assert current() == "second", current()
            assert task("third")[0] == 0 and current() == "third"
            """
        let result = try BuiltProgram(path: "/usr/bin/python3").run(
            ["-c", script, PackageRoot.at("pipelines/local"), folder.path], in: folder.path,
            environment: ["PYTHONDONTWRITEBYTECODE": "1"])
        #expect(result.exit == 0, "\(result.error)")
        let left = FileTree(folder.at("state")).files.keys.filter { $0.contains("/attempts/") || $0.contains("first") }
        #expect(left.isEmpty, "\(left)")
    }

    @Test("the program keeps the niceness of its task and dies with it; the next task removes what was left")
    func killedTask() throws {
        let folder = try TemporaryFolder()
        try folder.write(
            "zhucun",
            """
            #!/bin/sh
            [ -e "\(folder.path)/quick" ] && exit 0
            echo "$$ $(nice)" > "\(folder.path)/told.new" && mv "\(folder.path)/told.new" "\(folder.path)/told"
            exec sleep 60
            """)
        try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: folder.at("zhucun"))
        let script = """
            import os, signal, subprocess, sys, time
            task, place = sys.argv[1:]
            command = [sys.executable, task, "--state", place + "/state", "--county", "630202", "--inbox", place,
                       "--key", place + "/key", "--zhucun", place + "/zhucun"]
            def until(what):
                for _ in range(400):
                    if what():
                        return
                    time.sleep(0.05)
                sys.exit("waited for nothing")
            def lives(pid):
                try:
                    return open("/proc/%d/stat" % pid).read().rsplit(")", 1)[1].split()[0] != "Z"
                except FileNotFoundError:
                    return False
            child = subprocess.Popen(["nice", "-n", "5"] + command)
            until(lambda: os.path.exists(place + "/told"))
            pid, niceness = map(int, open(place + "/told").read().split())
            assert niceness == min(19, os.nice(0) + 5), niceness
            assert lives(pid)
            child.send_signal(signal.SIGKILL)
            child.wait()
            until(lambda: not lives(pid))
            attempts = place + "/state/630202/attempts"
            assert os.listdir(attempts), "killed in the middle"
            open(place + "/quick", "w").close()
            assert subprocess.run(command).returncode == 0
            assert os.listdir(attempts) == [], os.listdir(attempts)
            """
        let result = try BuiltProgram(path: "/usr/bin/python3").run(
            ["-c", script, Self.task, folder.path], in: folder.path)
        #expect(result.exit == 0, "\(result.error)")
    }

    @Test("a task whose disk is full ends with 2, leaves the version in force and nothing else")
    func diskFull() throws {
        let folder = try TemporaryFolder()
        try folder.write("zhucun", "#!/bin/sh\nexit 0\n")
        try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: folder.at("zhucun"))
        func task(_ limit: String) throws -> BuiltProgram.Result {
            try BuiltProgram(path: "/bin/bash").run(
                [
                    "-c", "(ulimit -f \(limit); exec \"$@\" 2>&1) | cat; exit ${PIPESTATUS[0]}", "bash",
                    "/usr/bin/python3", Self.task, "--state",
                    folder.at("state"), "--county", "630202", "--inbox", folder.path, "--key", folder.at("key"),
                    "--zhucun", folder.at("zhucun"),
                ], in: folder.path)
        }
        #expect(try task("unlimited").exit == 0)
        let before = FileTree(folder.at("state")).contents
        let full = try task("0")
        #expect(full.exit == 2 && full.output.contains("630202"), "\(full.output)")
        #expect(FileTree(folder.at("state")).contents == before)
        #expect(FileManager.default.fileExists(atPath: folder.at("state/quarantine/630202")))
    }
}
