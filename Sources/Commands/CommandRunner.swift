import ArgumentParser
import Domain
import Foundation
import Ledger
import Logging
import Settings
import Sheets
import Stages

/// Runs the body of a command: failures become one clear line on stderr and the right exit code.
public enum CommandRunner {
    public static func run(_ language: Language, _ body: () throws -> Void) throws {
        do {
            try body()
        } catch let exit as ExitCode {
            throw exit
        } catch {
            throw report(error, language)
        }
    }

    /// The same for commands that wait.
    public static func run(_ language: Language, _ body: () async throws -> Void) async throws {
        do {
            try await body()
        } catch let exit as ExitCode {
            throw exit
        } catch {
            throw report(error, language)
        }
    }

    private static func report(_ error: any Error, _ language: Language) -> ExitCode {
        Console.error("zhucun: \(ErrorText.sentence(error, language))")
        return ExitCode((error as? RunFailure)?.exitCode ?? 2)
    }
}
