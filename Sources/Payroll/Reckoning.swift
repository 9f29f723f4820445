/// How corrections to closed months are reckoned: counts up whenever the same readings come to other lines, so that a
/// batch is proven by what was the way when it was closed.
public enum Reckoning {
    /// Of batches that say nothing of it.
    public static let first = 1
    /// The allowances of a calendar day stand at one place.
    public static let allowanceDays = 2
    /// Rows multiply out; what is taken back is taken out of what comes again too, and stands under the unit that paid;
    /// what no bank's file takes is unpayable.
    public static let rows = 3

    /// Stated totals stand on days that nobody else claims or was issued; what comes again says where its account is
    /// the one that refused it.
    public static let totals = 4

    /// A net line stands in one bank's file, whatever several would take it.
    public static let oneFile = 5

    public static let current = oneFile
}
