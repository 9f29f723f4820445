import ArgumentParser
import Domain

extension FormID: ExpressibleByArgument {
    /// A form by its identifier, its Chinese name, its title, or a part of its name that fits no other form.
    public init?(argument: String) {
        guard let form = FormID.named(argument) else { return nil }
        self = form
    }

    /// As `zhucun template --list` names them: both names are taken.
    public static var allValueStrings: [String] { allCases.map { "\($0.rawValue) \($0.chinese)" } }
}
