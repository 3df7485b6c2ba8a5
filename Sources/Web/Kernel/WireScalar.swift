public import Foundation
public import Primitives

/// A type whose JSON is one value that decoding alone does not tell enough about: its format, pattern or bounds.
public protocol WireScalar: Sendable {
    static var wireSchema: JSONSchema { get }
    /// Any value, used while the types that contain this one are recorded.
    static var wireSample: Self { get }
}

/// An enumeration with text for its cases. `extension Requisition.State: WireEnum {}` is all it takes, and an
/// enumeration that is `CaseIterable` is recognised without it.
public protocol WireEnum: WireScalar, RawRepresentable<String>, CaseIterable {}

extension WireEnum {
    public static var wireSchema: JSONSchema {
        .string(values: allCases.map(\.rawValue), example: allCases.first?.rawValue ?? "")
    }

    public static var wireSample: Self {
        guard let first = allCases.first else { preconditionFailure("\(Self.self) has no case") }
        return first
    }
}

extension String: WireScalar {
    public static var wireSchema: JSONSchema { .string() }
    public static var wireSample: String { "text" }
}

extension Bool: WireScalar {
    public static var wireSchema: JSONSchema { .boolean }
    public static var wireSample: Bool { true }
}

extension Int: WireScalar {
    public static var wireSchema: JSONSchema { .integer() }
    public static var wireSample: Int { 1 }
}

extension Int64: WireScalar {
    public static var wireSchema: JSONSchema { .integer() }
    public static var wireSample: Int64 { 1 }
}

extension Int32: WireScalar {
    public static var wireSchema: JSONSchema { .integer(minimum: Int64(min), maximum: Int64(max)) }
    public static var wireSample: Int32 { 1 }
}

extension Int16: WireScalar {
    public static var wireSchema: JSONSchema { .integer(minimum: Int64(min), maximum: Int64(max)) }
    public static var wireSample: Int16 { 1 }
}

extension UUID: WireScalar {
    public static var wireSchema: JSONSchema {
        .string(
            format: "uuid", pattern: "^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$",
            example: "01936f2e-7c00-7000-8000-000000000001")
    }
    public static var wireSample: UUID { UUID() }
}

extension DocumentID: WireScalar {
    public static var wireSchema: JSONSchema { UUID.wireSchema }
    public static var wireSample: DocumentID<Kind> { DocumentID(UUID()) }
}

extension Identifier: WireScalar {
    public static var wireSchema: JSONSchema { .integer() }
    public static var wireSample: Identifier<Kind> { Identifier(1) }
}

extension BaseUnits: WireScalar {
    public static var wireSchema: JSONSchema { .integer() }
    public static var wireSample: BaseUnits { 1 }
}

extension Money: WireScalar {
    public static var wireSchema: JSONSchema {
        .string(format: "yuan", pattern: "^-?[0-9]+(\\.[0-9]{1,4})?$", example: "12.50")
    }
    public static var wireSample: Money { Money(tenThousandths: 125_000) }
}

extension CalendarDate: WireScalar {
    public static var wireSchema: JSONSchema {
        .string(format: "date", pattern: "^[0-9]{4}-[0-9]{2}-[0-9]{2}$", example: "2026-11-21")
    }
    public static var wireSample: CalendarDate { CalendarDate(day: 20_778) }
}

extension Instant: WireScalar {
    public static var wireSchema: JSONSchema {
        .string(format: "date-time", pattern: "^[0-9]{4}-[0-9]{2}-[0-9]{2}T", example: "2026-11-21T08:00:00Z")
    }
    public static var wireSample: Instant { Instant(microseconds: 1_795_248_000_000_000) }
}
