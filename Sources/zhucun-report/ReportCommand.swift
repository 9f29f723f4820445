import ArgumentParser
import Commands
import Stages

@main
struct ReportCommand: StageCommand {
    static let stageName = "zhucun-report"
    static let configuration = CommandConfiguration(
        commandName: stageName,
        abstract: "第四步：写出报表 / the fourth stage: writes the reports",
        version: ProgramVersion.text)

    @OptionGroup var flags: RunFlags
    @OptionGroup var inbox: InboxFlags

    func perform(_ context: RunContext, _ progress: ProgressBar) throws -> String {
        let summary = try ReportStage(context).run(progress: progress)
        return "\(summary.reports) reports, \(summary.files) files"
    }
}
