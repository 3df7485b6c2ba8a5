public import Primitives

/// The names of FHIR release 4 (4.0.1), so that its `Patient` is not ours: `R4.Patient`.
public enum R4 {}

/// What can stand in a resource. It knows its JSON both ways, and loses nothing on the way.
public protocol FHIRPart: Sendable, Hashable {
    var json: JSONValue { get }

    /// - Parameter path: where it stands, as FHIRPath: `MedicationRequest.dosageInstruction[0].text`.
    /// - Throws: ``FHIRRefusal`` with the path of what cannot be read.
    init(json: JSONValue, at path: String) throws
}

/// A part with named elements: a data type or a resource. It lists its elements once, and is read and written by the list.
///
/// Every element may be absent: what a use needs, the use asks for. An element that is not listed is refused, not dropped:
/// what a sender says about a medicine must not disappear.
public protocol FHIRElement: FHIRPart {
    init()
    static var fields: [FHIRField<Self>] { get }
    /// Elements that say nothing new and are dropped when they are read: the narrative, which repeats the rest.
    static var droppable: Set<String> { get }
}

/// One element of a type, by its name.
public struct FHIRField<Root: Sendable>: Sendable {
    let name: String
    let write: @Sendable (Root) -> JSONValue?
    let read: @Sendable (inout Root, JSONValue, String) throws -> Void

    /// An element that stands at most once.
    static func one<Part: FHIRPart>(_ name: String, _ path: any WritableKeyPath<Root, Part?> & Sendable) -> FHIRField {
        FHIRField(name: name) { root in
            root[keyPath: path]?.json
        } read: { root, json, place in
            root[keyPath: path] = try Part(json: json, at: place)
        }
    }

    /// An element that may stand several times; FHIR leaves an empty list out.
    static func many<Part: FHIRPart>(_ name: String, _ path: any WritableKeyPath<Root, [Part]> & Sendable) -> FHIRField {
        FHIRField(name: name) { root in
            let parts = root[keyPath: path]
            return parts.isEmpty ? nil : .array(parts.map(\.json))
        } read: { root, json, place in
            guard case .array(let elements) = json, !elements.isEmpty else {
                throw FHIRRefusal(.elementInvalid, "a list of one or more is expected, not \(json.kind)", field: place)
            }
            root[keyPath: path] = try elements.enumerated().map { try Part(json: $1, at: "\(place)[\($0)]") }
        }
    }

    /// The element that says what kind of resource it is.
    static func type(_ name: String) -> FHIRField {
        FHIRField(name: "resourceType") { _ in
            .string(name)
        } read: { _, json, place in
            guard json == .string(name) else { throw FHIRRefusal(.elementInvalid, "\(name) is expected here", field: place) }
        }
    }
}

extension FHIRElement {
    public static var droppable: Set<String> { [] }

    public var json: JSONValue {
        .object(Self.fields.compactMap { field in field.write(self).map { JSONValue.Member(field.name, $0) } })
    }

    public init(json: JSONValue, at path: String) throws {
        guard case .object(let members) = json, !members.isEmpty else {
            throw FHIRRefusal(.elementInvalid, "an object with elements is expected, not \(json.kind)", field: path)
        }
        self.init()
        for member in members where !Self.droppable.contains(member.name) {
            let place = "\(path).\(member.name)"
            guard let field = Self.fields.first(where: { $0.name == member.name }) else {
                throw FHIRRefusal(.elementNotSupported, "\(member.name) would not be kept", field: place)
            }
            try field.read(&self, member.value, place)
        }
    }
}
