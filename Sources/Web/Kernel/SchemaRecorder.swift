/// A type reads its JSON in a way that cannot be recorded: it checks the sample value, or chooses between shapes.
/// It says what it looks like by conforming to ``WireScalar``.
public struct UndescribableType: Error, CustomStringConvertible {
    public let type: String
    public let reason: String

    public var description: String { "the JSON of \(type) cannot be described by decoding it: \(reason)" }
}

/// Finds the JSON shape of types by decoding each from nothing: what it asks for is its schema.
///
/// Objects become components named after their types: `Line` of `Requisition` is `RequisitionLine`, and a page of
/// them `PageOfRequisitionLine`. Types that contain themselves, in arrays or optionals, are recorded once.
public final class SchemaRecorder {
    struct Recorded<Value> {
        let schema: JSONSchema
        /// `nil` while `Value` itself is being recorded.
        let sample: Value?
    }

    /// The objects found so far, by component name.
    public private(set) var components: [String: ObjectSchema] = [:]
    private var owners: [String: ObjectIdentifier] = [:]
    private var finished: [ObjectIdentifier: (schema: JSONSchema, sample: Any)] = [:]
    private var inProgress: Set<ObjectIdentifier> = []

    public init() {}

    /// The schema of `type`; its objects are added to ``components``.
    public func schema<Value: Decodable>(of type: Value.Type) throws -> JSONSchema { try record(type).schema }

    func record<Value: Decodable>(_ type: Value.Type) throws -> Recorded<Value> {
        if let scalar = type as? any WireScalar.Type {
            return Recorded(schema: scalar.wireSchema, sample: scalar.wireSample as? Value)
        }
        if let container = type as? any RecordedContainer.Type {
            let (schema, sample) = try container.record(with: self)
            return Recorded(schema: schema, sample: sample as? Value)
        }
        if let cases = type as? any CaseIterable.Type, let first = Self.textCases(of: cases) {
            return Recorded(schema: .string(values: first.values, example: first.values[0]), sample: first.sample as? Value)
        }
        return try recordByDecoding(type)
    }

    private func recordByDecoding<Value: Decodable>(_ type: Value.Type) throws -> Recorded<Value> {
        let identity = ObjectIdentifier(type)
        if let known = finished[identity] { return Recorded(schema: known.schema, sample: known.sample as? Value) }
        let name = componentName(of: type)
        guard inProgress.insert(identity).inserted else { return Recorded(schema: .reference(name), sample: nil) }
        defer { inProgress.remove(identity) }
        let shape = RecordedShape()
        let sample: Value
        do {
            sample = try Value(from: RecordingDecoder(recorder: self, shape: shape))
        } catch let error as UndescribableType {
            throw error
        } catch {
            throw UndescribableType(type: "\(type)", reason: "\(error)")
        }
        let schema: JSONSchema
        switch shape.schema {
        case .object(let object)?:
            components[name] = object
            schema = .reference(name)
        case let other?: schema = other
        case nil: throw UndescribableType(type: "\(type)", reason: "it reads nothing")
        }
        finished[identity] = (schema, sample)
        return Recorded(schema: schema, sample: sample)
    }

    private static func textCases<Cases: CaseIterable>(of type: Cases.Type) -> (values: [String], sample: Any)? {
        let values = type.allCases.compactMap { ($0 as? any RawRepresentable)?.rawValue as? String }
        guard let first = type.allCases.first, values.count == type.allCases.count else { return nil }
        return (values, first)
    }

    /// The type's name without its module, nesting and generics written together; with the module when two types
    /// of different modules have the same name.
    private func componentName(of type: any Any.Type) -> String {
        let words = Self.words(in: String(reflecting: type))
        let short = words.map { $0.dropFirst($0.count > 1 ? 1 : 0).joined() }.joined()
        let name = owners[short].map { $0 == ObjectIdentifier(type) } ?? true ? short : words.joined().joined()
        owners[name] = ObjectIdentifier(type)
        return name
    }

    /// `Web.PageOf<Requisitions.Requisition.Line>` as `[[Web, PageOf], [Requisitions, Requisition, Line]]`.
    private static func words(in name: String) -> [[String]] {
        var plain = ""
        var depth = 0
        for character in name {
            if character == "(" { depth += 1 }
            if depth == 0 { plain.append(character) }
            if character == ")" { depth -= 1 }
        }
        return plain.split { "<>, ".contains($0) }.map { $0.split(separator: ".").map(String.init) }.filter { !$0.isEmpty }
    }
}

/// A container of the standard library, recorded without decoding it.
protocol RecordedContainer {
    static func record(with recorder: SchemaRecorder) throws -> (schema: JSONSchema, sample: Any)
}

extension Optional: RecordedContainer where Wrapped: Decodable {
    static func record(with recorder: SchemaRecorder) throws -> (schema: JSONSchema, sample: Any) {
        let recorded = try recorder.record(Wrapped.self)
        return (.nullable(recorded.schema), recorded.sample as Any)
    }
}

extension Array: RecordedContainer where Element: Decodable {
    static func record(with recorder: SchemaRecorder) throws -> (schema: JSONSchema, sample: Any) {
        let recorded = try recorder.record(Element.self)
        return (.array(recorded.schema), recorded.sample.map { [$0] } ?? [])
    }
}

extension Set: RecordedContainer where Element: Decodable {
    static func record(with recorder: SchemaRecorder) throws -> (schema: JSONSchema, sample: Any) {
        let recorded = try recorder.record(Element.self)
        return (.array(recorded.schema), recorded.sample.map { Set([$0]) } ?? [])
    }
}

extension Dictionary: RecordedContainer where Key == String, Value: Decodable {
    static func record(with recorder: SchemaRecorder) throws -> (schema: JSONSchema, sample: Any) {
        let recorded = try recorder.record(Value.self)
        return (.map(recorded.schema), recorded.sample.map { ["key": $0] } ?? [:])
    }
}
