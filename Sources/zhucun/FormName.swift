import ArgumentParser
import Domain

extension FormID: ExpressibleByArgument {
    /// A form by its identifier, its Chinese name, or a part of that name that fits no other form.
    public init?(argument: String) {
        if let form = FormID(rawValue: argument) {
            self = form
            return
        }
        let same = FormID.allCases.filter { $0.chinese == argument }
        let alike = FormID.allCases.filter { $0.chinese.contains(argument) || argument.contains($0.chinese) }
        guard let form = same.first ?? (alike.count == 1 ? alike.first : nil) else { return nil }
        self = form
    }
}
