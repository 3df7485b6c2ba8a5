import Foundation
import Primitives
import Testing
import Web

/// Holds every kind of field.
private struct Everything: Codable {
    enum Colour: String, Codable, CaseIterable { case red, green }
    enum Shape: String, Codable, WireEnum { case round, square }

    struct Inner: Codable {
        var number: Int64
        var deeper: Deeper?

        struct Deeper: Codable { var flag: Bool }
    }

    /// A scalar in a type of its own.
    struct Wrapped: Codable {
        var value: Int32

        init(from decoder: any Decoder) throws { value = try decoder.singleValueContainer().decode(Int32.self) }
        func encode(to encoder: any Encoder) throws {
            var container = encoder.singleValueContainer()
            try container.encode(value)
        }
    }

    var text: String
    var note: String?
    var colour: Colour
    var shape: Shape?
    var inner: Inner
    var list: [Inner]
    var names: [String]?
    var byName: [String: BaseUnits]
    var wrapped: Wrapped
    var day: CalendarDate
    var moment: Instant?
    var price: Money
    var quantity: BaseUnits
    var store: StoreID
    var document: DocumentID<Everything>
    var uuid: UUID
}

private struct Tree: Codable {
    var name: String
    var children: [Tree]
    var cousin: [String: Tree]?
}

private struct Picky: Decodable {
    let value: String

    init(from decoder: any Decoder) throws {
        value = try decoder.singleValueContainer().decode(String.self)
        guard value.hasPrefix("CG-") else {
            throw DecodingError.dataCorrupted(.init(codingPath: decoder.codingPath, debugDescription: "no number"))
        }
    }
}

@Suite("Schemas recorded from decoding")
struct SchemaRecorderTests {
    @Test("tell every kind of field, its type and whether it is required")
    func everything() throws {
        let found = try JSONSchema.of(Everything.self)
        #expect(found.root == .reference("Everything"))
        let object = try #require(found.components["Everything"])
        let expected: [(String, JSONSchema, Bool)] = [
            ("text", .string(), true),
            ("note", .string(), false),
            ("colour", .string(values: ["red", "green"], example: "red"), true),
            ("shape", .string(values: ["round", "square"], example: "round"), false),
            ("inner", .reference("EverythingInner"), true),
            ("list", .array(.reference("EverythingInner")), true),
            ("names", .array(.string()), false),
            ("byName", .map(.integer()), true),
            ("wrapped", .integer(minimum: Int64(Int32.min), maximum: Int64(Int32.max)), true),
            ("day", CalendarDate.wireSchema, true),
            ("moment", Instant.wireSchema, false),
            ("price", Money.wireSchema, true),
            ("quantity", .integer(), true),
            ("store", .integer(), true),
            ("document", UUID.wireSchema, true),
            ("uuid", UUID.wireSchema, true),
        ]
        #expect(object.fields == expected.map { ObjectSchema.Field($0, $1, isRequired: $2) })
        #expect(
            found.components["EverythingInner"]?.fields == [
                .init("number", .integer(), isRequired: true),
                .init("deeper", .reference("EverythingInnerDeeper"), isRequired: false),
            ])
        #expect(found.components["EverythingInnerDeeper"]?.fields == [.init("flag", .boolean, isRequired: true)])
    }

    @Test("end where a type contains itself")
    func recursion() throws {
        let found = try JSONSchema.of(Tree.self)
        #expect(found.root == .reference("Tree"))
        #expect(
            found.components["Tree"]?.fields == [
                .init("name", .string(), isRequired: true),
                .init("children", .array(.reference("Tree")), isRequired: true),
                .init("cousin", .map(.reference("Tree")), isRequired: false),
            ])
        #expect(found.root.example(found.components).text() == #"{"name":"text","children":[],"cousin":{}}"#)
    }

    @Test("name generic types after what they hold")
    func generics() throws {
        let found = try JSONSchema.of(PageOf<Toy.Part>.self)
        #expect(found.root == .reference("PageOfToyPart"))
        #expect(found.components["PageOfToyPart"]?["items"]?.schema == .array(.reference("ToyPart")))
        #expect(found.components["PageOfToyPart"]?["next"]?.isRequired == false)
    }

    @Test("say which type has to describe itself")
    func undescribable() {
        #expect(throws: UndescribableType.self) { try JSONSchema.of(Picky.self) }
    }

    @Test("make examples that the type itself reads")
    func examples() throws {
        let found = try JSONSchema.of(Everything.self)
        let example = found.root.example(found.components).text()
        let read = try JSONDecoder().decode(Everything.self, from: Data(example.utf8))
        #expect(read.price == Money(tenThousandths: 125_000))
    }
}
