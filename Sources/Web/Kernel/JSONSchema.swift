public import Primitives

/// The shape of a JSON value, as the OpenAPI document tells it and as request bodies are checked against it.
public indirect enum JSONSchema: Sendable, Equatable {
    /// Text. `values` lists all that are allowed; `example` is one value as the documentation shows it.
    case string(format: String? = nil, pattern: String? = nil, values: [String] = [], example: String = "text")
    /// A whole number between two bounds.
    case integer(minimum: Int64 = .min, maximum: Int64 = .max)
    case boolean
    case array(JSONSchema)
    /// An object whose names are data: each value has the given shape.
    case map(JSONSchema)
    case object(ObjectSchema)
    /// The component of that name.
    case reference(String)
    /// The value, or null.
    case nullable(JSONSchema)
}

/// The fields of an object, in the order the program reads them.
public struct ObjectSchema: Sendable, Equatable {
    public struct Field: Sendable, Equatable {
        public let name: String
        public var schema: JSONSchema
        /// Whether it must be there; a field that need not be there may also be null in a request.
        public var isRequired: Bool

        public init(_ name: String, _ schema: JSONSchema, isRequired: Bool) {
            self.name = name
            self.schema = schema
            self.isRequired = isRequired
        }
    }

    public var fields: [Field]

    public init(fields: [Field] = []) { self.fields = fields }

    public subscript(_ name: String) -> Field? { fields.first { $0.name == name } }
}

/// A schema together with the named components it refers to.
public struct SchemaDocument: Sendable, Equatable {
    public let root: JSONSchema
    public let components: [String: ObjectSchema]
}

extension JSONSchema {
    /// The shape of `type`, found by decoding it from a recorder.
    ///
    /// - Throws: ``UndescribableType`` when a type reads its JSON in a way that cannot be recorded.
    public static func of<Value: Decodable>(_ type: Value.Type) throws -> SchemaDocument {
        let recorder = SchemaRecorder()
        let root = try recorder.schema(of: type)
        return SchemaDocument(root: root, components: recorder.components)
    }

    /// The schema in the words of JSON Schema 2020-12, components under `#/components/schemas`.
    public var json: JSONValue {
        switch self {
        case .string(let format, let pattern, let values, let example):
            var members: [JSONValue.Member] = [.init("type", "string")]
            if let format { members.append(.init("format", .string(format))) }
            if let pattern { members.append(.init("pattern", .string(pattern))) }
            if !values.isEmpty { members.append(.init("enum", .array(values.map(JSONValue.string)))) }
            if format != nil || pattern != nil { members.append(.init("examples", [.string(example)])) }
            return .object(members)
        case .integer(let minimum, let maximum):
            return [
                "type": "integer", "format": "int64", "minimum": .number(String(minimum)), "maximum": .number(String(maximum)),
            ]
        case .boolean: return ["type": "boolean"]
        case .array(let element): return ["type": "array", "items": element.json]
        case .map(let value): return ["type": "object", "additionalProperties": value.json]
        case .object(let object): return object.json
        case .reference(let name): return ["$ref": .string("#/components/schemas/\(name)")]
        case .nullable(let schema): return ["anyOf": [schema.json, ["type": "null"]]]
        }
    }

    /// A value of this shape for the documentation.
    ///
    /// - Parameter components: what references refer to; one that refers to itself ends in null or an empty array.
    public func example(_ components: [String: ObjectSchema], within: Set<String> = []) -> JSONValue {
        switch self {
        case .string(_, _, let values, let example): return .string(values.first ?? example)
        case .integer(let minimum, let maximum): return .number(String(max(minimum, min(maximum, 1))))
        case .boolean: return true
        case .array(let element):
            if case .reference(let name) = element, within.contains(name) { return [] }
            return [element.example(components, within: within)]
        case .map(let value):
            if case .reference(let name) = value, within.contains(name) { return [:] }
            return ["key": value.example(components, within: within)]
        case .object(let object): return object.example(components, within: within)
        case .reference(let name):
            guard !within.contains(name), let object = components[name] else { return .null }
            return object.example(components, within: within.union([name]))
        case .nullable(let schema): return schema.example(components, within: within)
        }
    }
}

extension ObjectSchema {
    var json: JSONValue {
        var members: [JSONValue.Member] = [
            .init("type", "object"), .init("properties", .object(fields.map { .init($0.name, $0.schema.json) })),
        ]
        let required = fields.filter(\.isRequired).map { JSONValue.string($0.name) }
        if !required.isEmpty { members.append(.init("required", .array(required))) }
        members.append(.init("additionalProperties", false))
        return .object(members)
    }

    func example(_ components: [String: ObjectSchema], within: Set<String>) -> JSONValue {
        .object(
            fields.compactMap { field in
                let value = field.schema.example(components, within: within)
                return value == .null ? nil : JSONValue.Member(field.name, value)
            })
    }
}
