public import Codes
import Postgres
public import Primitives

/// Where a box is that has a trace code.
public enum TraceState: String, StoredText, Codable, CaseIterable {
    case inStock = "in-stock"
    /// Opened, and something is still in it; further dispensings report its code with the split flag.
    case opened
    case dispensed
    /// It came back and is quarantined.
    case returned
}

/// A box of medicine that is known by its trace code.
public struct TracedBox: Sendable, Hashable, Codable {
    public let code: String
    public let article: ArticleID
    public let batch: BatchID
    /// Where it is or was last.
    public let store: StoreID
    public let state: TraceState

    public init(code: String, article: ArticleID, batch: BatchID, store: StoreID, state: TraceState) {
        self.code = code
        self.article = article
        self.batch = batch
        self.store = store
        self.state = state
    }
}

/// Which pack a seven-digit identification code names (codes.md §4 rule 4: exactly one).
public struct TracePrefix: Sendable, Hashable, Codable {
    public let prefix: String
    public let article: ArticleID
    /// 1 is the smallest pack that is sold, 2 and 3 hold several.
    public let level: Int

    public init(prefix: String, article: ArticleID, level: Int) {
        self.prefix = prefix
        self.article = article
        self.level = level
    }
}

/// A code scanned from a box at the desk.
public struct TraceScan: Sendable, Hashable, Codable {
    public var code: String
    /// Whether the box is opened for this dispensing; `nil`: whichever is still without a code, whole boxes first.
    public var isSplit: Bool?

    public init(code: String, isSplit: Bool? = nil) {
        self.code = code
        self.isSplit = isSplit
    }
}

/// Why a box has no code to scan.
public enum ExemptionReason: String, StoredText, Codable, CaseIterable {
    /// Bought without a code, from the uncoded library (无码库).
    case uncoded
    /// The print cannot be read.
    case unreadable
    case scannerDown = "scanner-down"
}

/// That the boxes of a line are handed out without a code.
///
/// Source: R-TC-01, no line of an insured settlement without a code or an exemption reason.
public struct TraceExemption: Sendable, Hashable, Codable {
    /// The line of the prescription, from 1.
    public var line: Int
    public var reason: ExemptionReason
    public var explanation: String?

    public init(line: Int, reason: ExemptionReason, explanation: String? = nil) {
        self.line = line
        self.reason = reason
        self.explanation = explanation
    }
}

/// A box of a dispensed line.
public struct DispensedCode: Sendable, Hashable, Codable {
    public let code: String
    /// Whether it is the code of a pack of which a part was handed out.
    public let isSplit: Bool
    /// Base units.
    public let quantity: BaseUnits
    /// Whether the box came back.
    public let isReturned: Bool
}

extension TraceCode {
    /// Reads a scan of the common scheme.
    ///
    /// Source: codes.md §4: twenty digits, never padded, cut or repaired; the thirteen digits that begin with 69 are the
    /// retail bar code. Other schemes are accepted only where the catalogue says so, which it does of no product yet.
    ///
    /// - Throws: ``DispensingRefusal`` with code `traceCodeInvalid`, with what the scan is instead.
    public init(scanned text: String, on today: CalendarDate, field: String) throws(DispensingRefusal) {
        switch BoxScan(text, on: today) {
        case .trace(let code): self = code
        case .retail: throw DispensingRefusal(.traceCodeInvalid, "\(text) is the retail bar code", field: field)
        case .elements: throw DispensingRefusal(.traceCodeInvalid, "\(text) is a GS1 element string", field: field)
        case .opaque: throw DispensingRefusal(.traceCodeInvalid, "\(text) has not twenty digits", field: field)
        }
    }
}
