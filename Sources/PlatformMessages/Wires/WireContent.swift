/// What a message holds, before it becomes JSON or XML.
struct WireContent: Sendable, Hashable {
    struct Member: Sendable, Hashable {
        var name: String
        var value: WireValue
    }

    var members: [Member] = []
}

enum WireValue: Sendable, Hashable {
    case absent
    case text(String)
    /// A number in plain digits.
    case number(String)
    case list([WireContent])
    /// Nothing but values; JSON only.
    case plain([WireValue])
}
