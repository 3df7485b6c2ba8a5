/// What a row means whose fields have these values; any row, when there are none. Of a list of rules the first that fits counts.
struct StateRule: Sendable, Hashable {
    /// The platform's field to the values that it may have.
    var when: [String: [String]]
    /// Our state; `nil` for a row that is not what was asked for.
    var state: String?

    func fits(_ node: WireNode) -> Bool {
        when.allSatisfy { field, values in node.values[field].map(values.contains) ?? false }
    }
}
