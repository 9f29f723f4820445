import ArgumentParser
import Stages

/// The stages as programs. They are built as executables of their own; an installation has one program that goes by all
/// five names, which is a fifth of the size.
public enum StagePrograms {
    /// The stage that a program of that name is; nil where the name is none of a stage.
    public static func named(_ name: String) -> (any StageCommand.Type)? {
        let stages: [any StageCommand.Type] = [
            IngestCommand.self, NormalizeCommand.self, ComputeCommand.self, ReportCommand.self,
        ]
        return stages.first { $0.stageName == name }
    }
}

/// `zhucun-ingest`
public struct IngestCommand: StageCommand {
    public static let stageName = "zhucun-ingest"
    public static let configuration = CommandConfiguration(
        commandName: stageName,
        abstract: "第一步：收取并看懂收件目录里的文件 / the first stage: reads what is new in the inbox",
        version: ProgramVersion.text)

    @OptionGroup public var flags: RunFlags
    @OptionGroup public var inbox: InboxFlags

    public init() {}

    public func perform(_ context: RunContext, _ progress: ProgressBar) throws -> String {
        let summary = try IngestStage(context).run(progress: progress)
        return "\(summary.seen) files seen, \(summary.read) read, \(summary.refused) refused"
    }
}

/// `zhucun-normalize`
public struct NormalizeCommand: StageCommand {
    public static let stageName = "zhucun-normalize"
    public static let configuration = CommandConfiguration(
        commandName: stageName,
        abstract: "第二步：认人、认村、认月份 / the second stage: who, where, which month",
        version: ProgramVersion.text)

    @OptionGroup public var flags: RunFlags
    @OptionGroup public var inbox: InboxFlags

    public init() {}

    public func perform(_ context: RunContext, _ progress: ProgressBar) throws -> String {
        let summary = try NormalizeStage(context).run(progress: progress)
        return "\(summary.counties) counties, \(summary.months) months"
    }
}

/// `zhucun-compute`
public struct ComputeCommand: StageCommand {
    public static let stageName = "zhucun-compute"
    public static let configuration = CommandConfiguration(
        commandName: stageName,
        abstract: "第三步：按政策计算 / the third stage: computes by the policy",
        version: ProgramVersion.text)

    @OptionGroup public var flags: RunFlags
    @OptionGroup public var inbox: InboxFlags

    public init() {}

    public func perform(_ context: RunContext, _ progress: ProgressBar) throws -> String {
        let summary = try ComputeStage(context).run(progress: progress)
        return "\(summary.months) months"
    }
}

/// `zhucun-report`
public struct ReportCommand: StageCommand {
    public static let stageName = "zhucun-report"
    public static let configuration = CommandConfiguration(
        commandName: stageName,
        abstract: "第四步：写出报表 / the fourth stage: writes the reports",
        version: ProgramVersion.text)

    @OptionGroup public var flags: RunFlags
    @OptionGroup public var inbox: InboxFlags

    public init() {}

    public func perform(_ context: RunContext, _ progress: ProgressBar) throws -> String {
        let summary = try ReportStage(context).run(progress: progress)
        return "\(summary.reports) reports, \(summary.files) files"
    }
}
