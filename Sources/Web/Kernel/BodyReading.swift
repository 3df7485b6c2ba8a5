import Foundation
import Primitives

/// Reads a request's body: JSON, then its shape against the schema, then the Swift type.
struct BodyReading: Sendable {
    let schema: JSONSchema
    let components: [String: ObjectSchema]

    /// - Throws: `http.malformed-json`, `http.unknown-field`, `http.missing-field`, `http.wrong-type`, each with the
    ///   path of its field, or a refusal of the type that is read.
    func decode<Body: Decodable>(_ type: Body.Type, from json: JSONValue) throws -> Body {
        try check(json, schema, at: "")
        do {
            return try JSONDecoder().decode(type, from: Data(json.text().utf8))
        } catch let error as DecodingError {
            throw Self.refusal(for: error)
        }
    }

    /// Checks the names and kinds of everything in `value`, depth first, in the order it was written.
    func check(_ value: JSONValue, _ schema: JSONSchema, at path: String) throws(HTTPRefusal) {
        switch (schema, value) {
        case (.reference(let name), _):
            guard let object = components[name] else { return }
            try check(value, .object(object), at: path)
        case (.nullable(let schema), _):
            if value != .null { try check(value, schema, at: path) }
        case (.object(let object), .object(let members)):
            try check(members, object, at: path)
        case (.map(let element), .object(let members)):
            for member in members { try check(member.value, element, at: Self.join(path, member.name)) }
        case (.array(let element), .array(let elements)):
            for (index, value) in elements.enumerated() { try check(value, element, at: "\(path)[\(index)]") }
        case (.boolean, .bool): break
        case (.string(_, _, let values, _), .string(let text)):
            guard values.isEmpty || values.contains(text) else {
                throw Self.wrongType("one of \(values.joined(separator: ", ")) is expected", path)
            }
        case (.integer(let minimum, let maximum), .number(let text)):
            guard let number = Int64(text) else {
                throw Self.wrongType("a whole number between -2^63 and 2^63-1 is expected, without fraction or exponent", path)
            }
            guard (minimum...maximum).contains(number) else {
                throw Self.wrongType("a whole number from \(minimum) to \(maximum) is expected", path)
            }
        default:
            throw Self.wrongType("\(Self.expectation(of: schema)) is expected, not \(value.kind)", path)
        }
    }

    private func check(_ members: [JSONValue.Member], _ object: ObjectSchema, at path: String) throws(HTTPRefusal) {
        for member in members {
            let memberPath = Self.join(path, member.name)
            guard let field = object[member.name] else {
                let known = object.fields.map(\.name).joined(separator: ", ")
                let detail = known.isEmpty ? "no field is known here" : "known here: \(known)"
                throw HTTPRefusal(.unknownField, detail, field: memberPath)
            }
            if member.value != .null || field.isRequired {
                guard member.value != .null || field.schema.allowsNull else {
                    throw HTTPRefusal(.missingField, "the field is required and is null", field: memberPath)
                }
                try check(member.value, field.schema, at: memberPath)
            }
        }
        for field in object.fields where field.isRequired && !members.contains(where: { $0.name == field.name }) {
            throw HTTPRefusal(.missingField, "the field is required", field: Self.join(path, field.name))
        }
    }

    private static func wrongType(_ detail: String, _ path: String) -> HTTPRefusal {
        HTTPRefusal(.wrongType, detail, field: path.isEmpty ? nil : path)
    }

    private static func join(_ path: String, _ name: String) -> String { path.isEmpty ? name : "\(path).\(name)" }

    private static func expectation(of schema: JSONSchema) -> String {
        switch schema {
        case .string: "text"
        case .integer: "a whole number"
        case .boolean: "true or false"
        case .array: "an array"
        default: "an object"
        }
    }

    private static func refusal(for error: DecodingError) -> HTTPRefusal {
        switch error {
        case .keyNotFound(let key, let context):
            HTTPRefusal(.missingField, "the field is required", field: path(context.codingPath + [key]))
        case .valueNotFound(_, let context):
            HTTPRefusal(.missingField, "the field is required and is null", field: path(context.codingPath))
        case .typeMismatch(_, let context), .dataCorrupted(let context):
            HTTPRefusal(.wrongType, context.debugDescription, field: path(context.codingPath))
        @unknown default:
            HTTPRefusal(.wrongType, "the body cannot be read")
        }
    }

    private static func path(_ keys: [any CodingKey]) -> String? {
        let text = keys.reduce("") { path, key in key.intValue.map { "\(path)[\($0)]" } ?? join(path, key.stringValue) }
        return text.isEmpty ? nil : text
    }
}

extension JSONSchema {
    var allowsNull: Bool {
        if case .nullable = self { true } else { false }
    }
}
