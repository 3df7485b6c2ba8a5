public import Primitives

/// One node of a message: names and texts in the order of the interface's table. Everything is text, as the signature over
/// it asks.
public struct NationalNode: Sendable, Hashable {
    public struct Field: Sendable, Hashable {
        public let name: String
        public let value: String
    }

    public private(set) var fields: [Field] = []

    public init() {}

    /// The value of a field; `nil` when it was left out.
    public subscript(_ name: String) -> String? { fields.first { $0.name == name }?.value }

    /// Adds a field; one without a value, or with an empty one, is left out, as the signature leaves it out.
    mutating func add(_ name: String, _ value: String?) {
        guard let value, !value.isEmpty else { return }
        fields.append(Field(name: name, value: value))
    }

    mutating func add(_ name: String, flag: Bool?) { add(name, flag.map { $0 ? "1" : "0" }) }

    public var json: JSONValue { .object(fields.map { JSONValue.Member($0.name, .string($0.value)) }) }
}

/// A field that the interface asks for and a prescription does not have.
public struct MissingNationalField: Sendable, Hashable, CustomStringConvertible {
    public enum Node: String, Sendable, CaseIterable {
        case root
        case drug = "rxdrugdetail"
        case visit = "mdtrtinfo"
        case diagnosis = "diseinfo"
    }

    public let node: Node
    /// Which of several, from 1; `nil` where there is one.
    public let number: Int?
    public let field: String

    public init(_ node: Node, _ field: String, number: Int? = nil) {
        self.node = node
        self.number = number
        self.field = field
    }

    /// `rxdrugdetail[1].medListCodg`
    public var description: String {
        let place = number.map { "\(node.rawValue)[\($0)]" } ?? node.rawValue
        return node == .root ? field : "\(place).\(field)"
    }
}

extension Instant {
    /// The moment as the interface writes it: `2026-11-21 08:00:00`, in Shanghai.
    public var nationalText: String { String(inShanghai.prefix(19)).replacing("T", with: " ") }
}
