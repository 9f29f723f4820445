import Domain
import Reports

/// The total order and the masking that reports of findings share.
enum FindingOrder {
    static func total(_ left: Finding, _ right: Finding) -> Bool { FindingsReport.inReportOrder(left, right) }
    static func masked(_ finding: Finding) -> Finding { FindingMasking.masked(finding) }
}
