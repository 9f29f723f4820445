import ArgumentParser
import Domain
import Foundation
import Sheets

/// Starts a command and ends the process: its own exit code, and help and usage errors in the reader's language.
public enum CommandEntry {
    /// Parses, runs, exits.
    public static func start<Command: ParsableCommand>(_ type: Command.Type, _ arguments: [String]) async -> Never {
        Console.prepare()
        if let text = unknownCommand(type, arguments, language(arguments)) {
            Console.error(text)
            end(64, language: language(arguments))
        }
        do {
            var command = try type.parseAsRoot(arguments)
            if var waiting = command as? any AsyncParsableCommand {
                try await waiting.run()
            } else {
                try command.run()
            }
        } catch {
            leave(type, error, language: language(arguments))
        }
        end(0, language: language(arguments))
    }

    /// Ends with the code of what was done; 2 where that is 0 or 1 and its result could not be delivered.
    private static func end(_ code: Int32, language: Language) -> Never {
        guard code < 2, let lost = Console.lostResult else { exit(code) }
        let cause = FileFault(path: "stdout", errno: lost).text.text(language)
        Console.error(
            language == .zh
                ? "zhucun: 结果没有写出（\(cause)）运行本身已经完成。"
                : "zhucun: the result could not be written (\(cause)) What was to be done is done.")
        exit(2)
    }

    /// The language that the arguments ask for, even where they are wrong; else that of the environment.
    static func language(_ arguments: [String]) -> Language {
        for (index, argument) in arguments.enumerated() {
            if argument.hasPrefix("--language="), let asked = Language(rawValue: String(argument.dropFirst(11))) {
                return asked
            }
            if argument == "--language", index + 1 < arguments.count,
                let asked = Language(rawValue: arguments[index + 1])
            {
                return asked
            }
        }
        return RunFlags.environmentLanguage
    }

    /// What is to be said where the first argument names none of the commands: the parser takes it for one too many.
    private static func unknownCommand<Command: ParsableCommand>(
        _ type: Command.Type, _ arguments: [String], _ language: Language
    ) -> String? {
        let names = type.configuration.subcommands.compactMap { $0.configuration.commandName }
        guard !names.isEmpty, let first = arguments.first, !first.hasPrefix("-"), !names.contains(first),
            first != "help"
        else { return nil }
        // One letter too many, too few, wrong or exchanged.
        let near = names.filter { name in
            Set(first) == Set(name) || name.hasPrefix(first)
                || abs(name.count - first.count) < 2
                    && zip(name, first).count { $0 != $1 } < 2
        }
        return language == .zh
            ? "错误：没有子命令 \(first)\(near.isEmpty ? "" : "，是不是 \(near.joined(separator: "、"))？")"
                + "\n子命令：\(names.joined(separator: "、"))\n  详见 zhucun --help"
            : "Error: there is no command \(first)\(near.isEmpty ? "" : "; did you mean \(near.joined(separator: ", "))?")"
                + "\nCommands: \(names.joined(separator: ", "))\n  See 'zhucun --help' for more information."
    }

    private static func leave<Command: ParsableCommand>(
        _ type: Command.Type, _ error: any Error, language: Language
    ) -> Never {
        let code = type.exitCode(for: error)
        // Unwrapped, so that its parts can be told apart; wrapped again for the reader's terminal.
        let message = type.fullMessage(for: error, columns: 10_000)
        let text = UsageText(message).text(language, columns: Terminal.helpColumns)
        if !text.isEmpty { if code.isSuccess { Console.print(text) } else { Console.error(text) } }
        end(code.rawValue, language: language)
    }
}
