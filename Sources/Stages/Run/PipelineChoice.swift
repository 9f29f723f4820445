import Foundation

/// Which pipeline file a command reads: the same for every command, so that a hand run cannot forget what the nightly
/// one uses. Source: spec §4.
public enum PipelineChoice {
    /// What an installed county edits.
    public static let installed = "/etc/zhucun/zhucun.yaml"

    /// The file named by a flag, else by `ZHUCUN_PIPELINE`, else `zhucun.yaml` in the folder in which the command was
    /// started, else that of the machine, else the one that ships with the program.
    static func path(
        _ flag: String?, environment: [String: String] = ProcessInfo.processInfo.environment,
        exists: (String) -> Bool = FileManager.default.fileExists
    ) throws -> String {
        if let flag { return flag }
        if let named = environment["ZHUCUN_PIPELINE"], !named.isEmpty { return named }
        for place in ["zhucun.yaml", installed] where exists(place) { return place }
        return try InstalledFiles.path("pipelines/nightly.yaml")
    }
}
