/// PostgreSQL's number for a type, as `pg_type.oid` has it.
///
/// The built-in types have fixed numbers. For a type of your own use ``unspecified``: the server infers the type from
/// the place where the parameter stands.
public struct SQLType: RawRepresentable, Hashable, Sendable {
    public let rawValue: UInt32

    public init(rawValue: UInt32) { self.rawValue = rawValue }

    /// The server infers the type.
    public static let unspecified = SQLType(rawValue: 0)

    public static let boolean = SQLType(rawValue: 16)
    public static let bytes = SQLType(rawValue: 17)
    public static let name = SQLType(rawValue: 19)
    public static let bigint = SQLType(rawValue: 20)
    public static let smallint = SQLType(rawValue: 21)
    public static let integer = SQLType(rawValue: 23)
    public static let text = SQLType(rawValue: 25)
    public static let json = SQLType(rawValue: 114)
    public static let varchar = SQLType(rawValue: 1043)
    public static let date = SQLType(rawValue: 1082)
    /// `timestamptz`.
    public static let timestamp = SQLType(rawValue: 1184)
    public static let numeric = SQLType(rawValue: 1700)
    public static let uuid = SQLType(rawValue: 2950)
    public static let jsonb = SQLType(rawValue: 3802)

    public static let booleanArray = SQLType(rawValue: 1000)
    public static let bytesArray = SQLType(rawValue: 1001)
    public static let smallintArray = SQLType(rawValue: 1005)
    public static let integerArray = SQLType(rawValue: 1007)
    public static let textArray = SQLType(rawValue: 1009)
    public static let bigintArray = SQLType(rawValue: 1016)
    public static let dateArray = SQLType(rawValue: 1182)
    public static let timestampArray = SQLType(rawValue: 1185)
    public static let numericArray = SQLType(rawValue: 1231)
    public static let uuidArray = SQLType(rawValue: 2951)
    public static let jsonbArray = SQLType(rawValue: 3807)

    public static let integerRange = SQLType(rawValue: 3904)
    public static let numericRange = SQLType(rawValue: 3906)
    /// `tstzrange`.
    public static let timestampRange = SQLType(rawValue: 3910)
    public static let dateRange = SQLType(rawValue: 3912)
    public static let bigintRange = SQLType(rawValue: 3926)
}
