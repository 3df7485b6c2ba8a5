public import Foundation
public import Postgres

/// The number of one record of a kind. Two kinds never mix: `Identifier<Subject.Store>` is no `Identifier<Subject.Facility>`.
public struct Identifier<Kind>: Hashable, Sendable, Comparable {
    public let rawValue: Int64

    public init(_ rawValue: Int64) { self.rawValue = rawValue }

    public static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }
}

/// The UUID of one document of a kind. The client may choose it (UUIDv7), so that work done offline can be repeated.
public struct DocumentID<Kind>: Hashable, Sendable {
    public let rawValue: UUID

    public init(_ rawValue: UUID) { self.rawValue = rawValue }
}

/// What the numbers of the shared words identify. The types hold nothing; they keep identifiers apart.
public enum Subject {
    public enum Consortium {}
    public enum Facility {}
    public enum Store {}
    public enum Person {}
    public enum Company {}
    public enum Product {}
    public enum Article {}
    public enum Batch {}
}

public typealias ConsortiumID = Identifier<Subject.Consortium>
public typealias FacilityID = Identifier<Subject.Facility>
public typealias StoreID = Identifier<Subject.Store>
public typealias PersonID = Identifier<Subject.Person>
/// A supplier's or a manufacturer's number; companies are shared by all consortia.
public typealias CompanyID = Identifier<Subject.Company>
/// A national product: generic name, dosage form and strength.
public typealias ProductID = Identifier<Subject.Product>
/// One manufacturer's pack of a product.
public typealias ArticleID = Identifier<Subject.Article>
public typealias BatchID = Identifier<Subject.Batch>

extension Identifier: SQLParameter, SQLArrayElement, ColumnDecodable {
    public static var sqlType: SQLType { .bigint }
    public static var sqlArrayType: SQLType { .bigintArray }
    public var sqlText: String? { String(rawValue) }
    public init(column: ColumnText) throws { self.init(try column.number()) }
}

extension Identifier: Codable, CustomStringConvertible {
    public init(from decoder: any Decoder) throws {
        self.init(try decoder.singleValueContainer().decode(Int64.self))
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(rawValue)
    }

    public var description: String { String(rawValue) }
}

extension DocumentID: SQLParameter, SQLArrayElement, ColumnDecodable {
    public static var sqlType: SQLType { .uuid }
    public static var sqlArrayType: SQLType { .uuidArray }
    public var sqlText: String? { rawValue.sqlText }
    public init(column: ColumnText) throws { self.init(try UUID(column: column)) }
}

extension DocumentID: Codable, CustomStringConvertible {
    public init(from decoder: any Decoder) throws {
        self.init(try decoder.singleValueContainer().decode(UUID.self))
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }

    /// Lower-case, as RFC 9562 writes it.
    public var description: String { rawValue.uuidString.lowercased() }
}
