import ArgumentParser
import Domain
import Foundation
import Stages

/// Flags that every command shares. Source: spec §4.
public struct RunFlags: ParsableArguments {
    @Option(help: "账本文件 / the ledger (SQLite), created on first use.", completion: .file())
    public var ledger: String?

    @Option(help: "输出目录 / the output folder.", completion: .directory)
    public var output: String?

    @Option(help: "政策文件 / the policy file.", completion: .file())
    public var policy: String?

    @Option(name: .customLong("as-of"), help: "截止日期，写作 年-月-日，如 2018-12-05 / the date as of which to read (yyyy-mm-dd).")
    public var asOf: CivilDate?

    @Option(help: "流程文件 / the pipeline file.", completion: .file())
    public var pipeline: String?

    @Option(help: "消息语言 / language of messages: zh or en (default from LANG).")
    public var language: Language?

    @Flag(help: "只输出结果 / results only.")
    public var quiet = false

    @Flag(help: "输出详细日志 / more log.")
    public var verbose = false

    public init() {}

    /// The language of messages: the flag, else LC_ALL, LC_MESSAGES, LANG.
    public var messageLanguage: Language { RunFlags.messageLanguage(language) }

    /// The language asked for, else that of the environment.
    public static func messageLanguage(_ asked: Language?) -> Language { asked ?? environmentLanguage }

    /// The language of LC_ALL, LC_MESSAGES, LANG.
    public static var environmentLanguage: Language {
        let environment = ProcessInfo.processInfo.environment
        let locale = ["LC_ALL", "LC_MESSAGES", "LANG"].lazy.compactMap { environment[$0] }.first { !$0.isEmpty } ?? ""
        return locale.hasPrefix("zh") ? .zh : .en
    }

    /// Options of a command that needs no ledger; `--verbose` says which pipeline file they come from.
    public func options() throws -> RunOptions { try RunFlags.options(flags()) }

    /// The same for flags that were added to.
    public static func options(_ flags: RunOptions.Flags) throws -> RunOptions {
        let options = try RunOptions(flags)
        let logger = Console.logger("zhucun", isQuiet: flags.isQuiet, isVerbose: flags.isVerbose)
        logger.debug("pipeline file: \(options.pipeline)")
        return options
    }

    /// As flags of a run.
    public func flags() -> RunOptions.Flags {
        var flags = RunOptions.Flags()
        flags.pipeline = pipeline
        flags.ledger = ledger
        flags.output = output
        flags.policy = policy
        flags.asOf = asOf
        flags.language = messageLanguage
        flags.isQuiet = quiet
        flags.isVerbose = verbose
        return flags
    }
}

/// Flags of the commands that read an inbox.
public struct InboxFlags: ParsableArguments {
    @Option(help: "收件目录 / the inbox.", completion: .directory)
    public var inbox: String?

    @Option(help: "只处理一个县区（六位代码）/ one county only (six-digit code).")
    public var county: CountyCode?

    @Option(help: "并行线程数 / worker threads.")
    public var jobs: Int?

    @Flag(
        name: .customLong("accept-vanished"),
        help: "收件目录空了或少了一半以上也照常运行 / go on although the inbox is empty or lost more than half.")
    public var acceptVanished = false

    @Option(help: "全省共用的密钥文件 / the province's key file: people are named by it to other counties.", completion: .file())
    public var key: String?

    @Option(help: "收到时间清单（path,sha256,time）/ times of receipt, for copies that lost theirs.", completion: .file())
    public var received: String?

    public init() {}

    /// Adds what was said to the flags of a run.
    public func add(to flags: inout RunOptions.Flags) {
        flags.inbox = inbox
        flags.county = county
        flags.jobs = jobs
        flags.acceptsVanished = acceptVanished
        flags.key = key
        flags.received = received
    }

    public func validate() throws {
        if let jobs, jobs < 1 { throw ValidationError("--jobs 至少为 1 / --jobs must be at least 1") }
    }
}

extension CivilDate: ExpressibleByArgument {
    public init?(argument: String) { self.init(iso: argument) }
}

extension CountyCode: ExpressibleByArgument {
    public init?(argument: String) { self.init(argument) }
}

extension Period: ExpressibleByArgument {
    public init?(argument: String) { self.init(argument) }
}

extension Language: ExpressibleByArgument {}
