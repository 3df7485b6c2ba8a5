public import Foundation
import Postgres
public import Primitives

extension Subject {
    public enum PlacedSettlement {}
}

/// How far a settlement has come on its platform.
public enum SettlementState: String, StoredText, Codable, CaseIterable {
    /// In the outbox.
    case announced
    /// It has a number there, and then its lines.
    case created, filled
    case submitted
    /// Examined, and found good.
    case passed
}

/// Deliveries of one supplier that are paid together on a platform that has settlements.
public struct PlacedSettlement: Sendable, Hashable, Codable {
    public let id: UUID
    /// Ours: `JS-2026-000123`.
    public let number: String
    public let platform: String
    /// The platform's code of who is paid.
    public let supplier: String
    public let supplierName: String
    /// What the invoices come to, with tax.
    public let amount: Money
    public let state: SettlementState
    /// The platform's number, once it has given one.
    public let platformSettlement: String?
    public let madeAt: Instant
    /// Deliveries that it pays.
    public let lines: Int

    init(_ row: Row) throws {
        id = try row["settlement_id"]
        number = try row["number"]
        platform = try row["platform"]
        supplier = try row["supplier"]
        supplierName = try row["supplier_name"]
        amount = try row["amount"]
        state = try row["state"]
        platformSettlement = try row["platform_settlement"]
        madeAt = try row["made_at"]
        lines = try row["lines"]
    }
}
