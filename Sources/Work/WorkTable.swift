/// What a result was made from, and what came out.
public struct WorkEntry: Hashable, Sendable {
    /// Digest of the inputs used (`Inputs.digest`).
    public var inputs: String
    /// What the result asked for while it was made, sorted: names looked up, spans of days in which it stays valid.
    public var uses: [String]
    /// Digest of what came out; whatever reads the result reads this.
    public var output: String

    public init(inputs: String, uses: [String] = [], output: String) {
        self.inputs = inputs
        self.uses = uses
        self.output = output
    }
}

/// Every result that is kept, with what it was made from: the only place that decides what is done again.
///
/// A result is made again when the digest of its inputs is another; what reads it, when its output is another. Source:
/// spec §11, «what is done again is what changed».
public struct WorkTable: Sendable {
    public private(set) var entries: [Node: WorkEntry]

    public init(_ entries: [Node: WorkEntry] = [:]) { self.entries = entries }

    public subscript(_ node: Node) -> WorkEntry? {
        get { entries[node] }
        set { entries[node] = newValue }
    }

    /// Digest of a result; empty where there is none.
    public func output(_ node: Node) -> String { entries[node]?.output ?? "" }

    /// Whether a result stands as these inputs make it.
    public func holds(_ node: Node, _ inputs: Inputs) -> Bool { entries[node]?.inputs == inputs.digest }
}

/// The inputs of a result by name: their digest is the same in whatever order they were added.
public struct Inputs: Sendable {
    private var parts: [(name: String, value: String)] = []

    public init() {}

    /// A value itself, where it is short.
    public mutating func add(_ name: String, _ value: String) { parts.append((name, value)) }

    /// Another result's output.
    public mutating func add(_ node: Node, _ work: WorkTable) { parts.append((node.name, work.output(node))) }

    /// 64 hexadecimal digits.
    public var digest: String {
        var print = Fingerprint()
        for part in parts.sorted(by: { ($0.name, $0.value) < ($1.name, $1.value) }) {
            print.add(part.name)
            print.add(part.value)
        }
        return print.value
    }
}
