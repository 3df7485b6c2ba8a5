/// What kind of no it is; each has one HTTP status.
public enum RefusalCategory: String, Sendable, Codable {
    /// 400: the request cannot be read.
    case malformed
    /// 401: nobody has signed in.
    case unauthenticated
    /// 403: this person may not do this.
    case forbidden
    /// 404: there is no such thing in this consortium.
    case missing
    /// 409: the thing is in another state than the command needs.
    case conflict
    /// 422: the request can be read but breaks a rule.
    case invalid

    public var status: Int {
        switch self {
        case .malformed: 400
        case .unauthenticated: 401
        case .forbidden: 403
        case .missing: 404
        case .conflict: 409
        case .invalid: 422
        }
    }
}

/// The published names of every way a module says no. A name (`stock-ledger.insufficient-stock`) is never reused.
public protocol RefusalCode: RawRepresentable<String>, CaseIterable, Hashable, Sendable {
    var category: RefusalCategory { get }
    /// What it means in general, for the person it is said to.
    var meaning: Phrase { get }
}

/// One sentence in the two languages of the pages.
public struct Phrase: Sendable, Hashable {
    public let chinese: String
    public let english: String

    public init(_ chinese: String, _ english: String) {
        self.chinese = chinese
        self.english = english
    }
}

/// A no that a person can understand and act on. Nothing has happened.
public protocol Refusal: Error, Sendable, CustomStringConvertible {
    var refusalCode: any RefusalCode { get }
    /// What it means this time: which thing, which numbers.
    var detail: String { get }
    /// The field of the request that is at fault, as a path (`lines[3].quantity`); `nil` when it is none alone.
    var field: String? { get }
}

/// A module's refusal: one of its codes and what it means this time.
///
/// ```swift
/// public typealias StockLedgerRefusal = Refused<StockLedgerRefusalCode>
/// throw StockLedgerRefusal(.insufficientStock, "30 asked, 12 there", field: "quantity")
/// ```
public struct Refused<Code: RefusalCode>: Refusal, Equatable {
    public let code: Code
    public let detail: String
    public let field: String?

    public init(_ code: Code, _ detail: String, field: String? = nil) {
        self.code = code
        self.detail = detail
        self.field = field
    }

    public var refusalCode: any RefusalCode { code }
    public var description: String { "\(code.rawValue): \(detail)" }
}
