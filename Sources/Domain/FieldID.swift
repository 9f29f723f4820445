/// A field of a form, by the English identifier of the spec's §2; which form has which is data (`pipelines/forms/`).
public struct FieldID: Hashable, Comparable, Sendable, Codable, ExpressibleByStringLiteral {
    /// For example `residentID`.
    public let name: String

    /// The field of that name.
    public init(_ name: String) { self.name = name }
    public init(stringLiteral value: String) { name = value }

    public static func < (left: FieldID, right: FieldID) -> Bool { left.name < right.name }
}

extension FieldID {
    // Persons and places
    public static let name: FieldID = "name"
    public static let residentID: FieldID = "residentID"
    public static let sex: FieldID = "sex"
    public static let ethnicity: FieldID = "ethnicity"
    public static let sendingUnit: FieldID = "sendingUnit"
    public static let rank: FieldID = "rank"
    public static let postingRole: FieldID = "postingRole"
    public static let county: FieldID = "county"
    public static let township: FieldID = "township"
    public static let village: FieldID = "village"
    public static let startDate: FieldID = "startDate"
    public static let endDate: FieldID = "endDate"
    public static let selectedGraduate: FieldID = "selectedGraduate"
    public static let workStartDate: FieldID = "workStartDate"
    public static let prePostingTrainingDate: FieldID = "prePostingTrainingDate"
    public static let bank: FieldID = "bank"
    public static let bankAccount: FieldID = "bankAccount"
    public static let phone: FieldID = "phone"
    // Registers
    public static let code: FieldID = "code"
    public static let prefecture: FieldID = "prefecture"
    public static let deepPovertyCounty: FieldID = "deepPovertyCounty"
    public static let poorVillage: FieldID = "poorVillage"
    public static let deepPovertyVillage: FieldID = "deepPovertyVillage"
    public static let weakVillage: FieldID = "weakVillage"
    public static let hardshipCategory: FieldID = "hardshipCategory"
    public static let subsidyClass: FieldID = "subsidyClass"
    public static let linkedLeader: FieldID = "linkedLeader"
    public static let unitCode: FieldID = "unitCode"
    public static let unitLevel: FieldID = "unitLevel"
    public static let unitHead: FieldID = "unitHead"
    // Events
    public static let date: FieldID = "date"
    public static let year: FieldID = "year"
    public static let trainingClass: FieldID = "trainingClass"
    public static let organiser: FieldID = "organiser"
    public static let level: FieldID = "level"
    public static let kind: FieldID = "kind"
    public static let result: FieldID = "result"
    public static let insurer: FieldID = "insurer"
    public static let policyNumber: FieldID = "policyNumber"
    public static let sumInsured: FieldID = "sumInsured"
    public static let onDuty: FieldID = "onDuty"
    public static let totalCost: FieldID = "totalCost"
    public static let insurancePaid: FieldID = "insurancePaid"
    public static let otherPaid: FieldID = "otherPaid"
    public static let relief: FieldID = "relief"
    public static let checkMethod: FieldID = "checkMethod"
    public static let checkedBy: FieldID = "checkedBy"
    public static let grade: FieldID = "grade"
    public static let recallDate: FieldID = "recallDate"
    public static let leader: FieldID = "leader"
    public static let coordinatedMatter: FieldID = "coordinatedMatter"
    public static let situation: FieldID = "situation"
    public static let visitDate: FieldID = "visitDate"
    public static let visitor: FieldID = "visitor"
    public static let amount: FieldID = "amount"
    public static let fundSource: FieldID = "fundSource"
    public static let honour: FieldID = "honour"
    public static let category: FieldID = "category"
    public static let importantPost: FieldID = "importantPost"
    public static let totalPeople: FieldID = "totalPeople"
    public static let domain: FieldID = "domain"
    public static let peopleCount: FieldID = "peopleCount"
    public static let helper: FieldID = "helper"
    public static let talker: FieldID = "talker"
    public static let cause: FieldID = "cause"
    public static let meeting: FieldID = "meeting"
    public static let attendees: FieldID = "attendees"
    public static let cadreCount: FieldID = "cadreCount"
    public static let households: FieldID = "households"
    public static let commended: FieldID = "commended"
    // Attendance
    public static let sequence: FieldID = "sequence"
    public static let mark: FieldID = "mark"
    public static let half: FieldID = "half"
    public static let attendanceDays: FieldID = "attendanceDays"
    public static let leaveRanges: FieldID = "leaveRanges"
    public static let remark: FieldID = "remark"
}
