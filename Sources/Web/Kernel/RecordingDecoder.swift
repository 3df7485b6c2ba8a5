/// What one decoder was asked for.
final class RecordedShape {
    var fields: [ObjectSchema.Field]?
    var single: JSONSchema?

    var schema: JSONSchema? { fields.map { .object(ObjectSchema(fields: $0)) } ?? single }

    /// Notes that a field was asked for; a field once asked for as optional stays so.
    func note(_ name: String, _ schema: JSONSchema?, isRequired: Bool) {
        let index = fields?.firstIndex { $0.name == name }
        if let index {
            if let schema { fields?[index].schema = schema }
        } else {
            fields = (fields ?? []) + [ObjectSchema.Field(name, schema ?? .object(ObjectSchema()), isRequired: isRequired)]
        }
    }
}

/// Answers every question with a sample value and notes the question.
struct RecordingDecoder: Decoder {
    let recorder: SchemaRecorder
    let shape: RecordedShape
    var codingPath: [any CodingKey] { [] }
    var userInfo: [CodingUserInfoKey: Any] { [:] }

    func container<Key: CodingKey>(keyedBy type: Key.Type) throws -> KeyedDecodingContainer<Key> {
        shape.fields = shape.fields ?? []
        return KeyedDecodingContainer(RecordingFields<Key>(recorder: recorder, shape: shape))
    }

    func unkeyedContainer() throws -> any UnkeyedDecodingContainer { RecordingElements(recorder: recorder, shape: shape) }

    func singleValueContainer() throws -> any SingleValueDecodingContainer {
        RecordingSingleValue(recorder: recorder, shape: shape)
    }

    static func sample<Value: Decodable>(_ recorded: SchemaRecorder.Recorded<Value>) throws -> Value {
        guard let sample = recorded.sample else {
            throw UndescribableType(type: "\(Value.self)", reason: "it contains itself other than in an array or an optional")
        }
        return sample
    }
}

/// `decodeIfPresent` asks `contains`, then `decodeNil`, then `decode`; `decode` alone means a required field.
private struct RecordingFields<Key: CodingKey>: KeyedDecodingContainerProtocol {
    let recorder: SchemaRecorder
    let shape: RecordedShape
    var codingPath: [any CodingKey] { [] }
    var allKeys: [Key] { [] }

    func contains(_ key: Key) -> Bool {
        shape.note(key.stringValue, nil, isRequired: false)
        return true
    }

    func decodeNil(forKey key: Key) throws -> Bool {
        shape.note(key.stringValue, nil, isRequired: false)
        return false
    }

    func decode<Value: Decodable>(_ type: Value.Type, forKey key: Key) throws -> Value {
        let recorded = try recorder.record(type)
        shape.note(key.stringValue, recorded.schema, isRequired: true)
        return try RecordingDecoder.sample(recorded)
    }

    /// Overridden because an optional that would contain its own type has to end here.
    func decodeIfPresent<Value: Decodable>(_ type: Value.Type, forKey key: Key) throws -> Value? {
        let recorded = try recorder.record(type)
        shape.note(key.stringValue, nil, isRequired: false)
        shape.note(key.stringValue, recorded.schema, isRequired: false)
        return recorded.sample
    }

    func nestedContainer<Nested: CodingKey>(keyedBy type: Nested.Type, forKey key: Key) throws -> KeyedDecodingContainer<Nested> {
        throw UndescribableType(type: "\(Key.self)", reason: "it opens a nested container for \(key.stringValue)")
    }

    func nestedUnkeyedContainer(forKey key: Key) throws -> any UnkeyedDecodingContainer {
        throw UndescribableType(type: "\(Key.self)", reason: "it opens a nested container for \(key.stringValue)")
    }

    func superDecoder() throws -> any Decoder { RecordingDecoder(recorder: recorder, shape: shape) }
    func superDecoder(forKey key: Key) throws -> any Decoder { try superDecoder() }
}

/// Offers one element.
private struct RecordingElements: UnkeyedDecodingContainer {
    let recorder: SchemaRecorder
    let shape: RecordedShape
    var codingPath: [any CodingKey] { [] }
    var count: Int? { 1 }
    var isAtEnd: Bool { currentIndex > 0 }
    var currentIndex = 0

    mutating func decodeNil() throws -> Bool { false }

    mutating func decode<Value: Decodable>(_ type: Value.Type) throws -> Value {
        let recorded = try recorder.record(type)
        shape.single = .array(recorded.schema)
        currentIndex += 1
        return try RecordingDecoder.sample(recorded)
    }

    mutating func nestedContainer<Nested: CodingKey>(keyedBy type: Nested.Type) throws -> KeyedDecodingContainer<Nested> {
        throw UndescribableType(type: "an array", reason: "it opens a nested container")
    }

    mutating func nestedUnkeyedContainer() throws -> any UnkeyedDecodingContainer {
        throw UndescribableType(type: "an array", reason: "it opens a nested container")
    }

    mutating func superDecoder() throws -> any Decoder { RecordingDecoder(recorder: recorder, shape: shape) }
}

private struct RecordingSingleValue: SingleValueDecodingContainer {
    let recorder: SchemaRecorder
    let shape: RecordedShape
    var codingPath: [any CodingKey] { [] }

    func decodeNil() -> Bool { false }

    func decode<Value: Decodable>(_ type: Value.Type) throws -> Value {
        let recorded = try recorder.record(type)
        shape.single = recorded.schema
        return try RecordingDecoder.sample(recorded)
    }
}
