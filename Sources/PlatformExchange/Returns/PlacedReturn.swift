import Distribution
public import PlatformMessages
import Postgres
public import Primitives

/// How far a return has come on its platform.
public enum PlacedReturnState: String, StoredText, Codable, CaseIterable {
    /// In the outbox.
    case announced
    /// It has a number there; where it must be confirmed, the supplier does not see it yet.
    case applied
    case confirmed
}

/// A return as a platform has it.
public struct PlacedReturn: Sendable, Hashable, Codable {
    /// Ours: `TH-2026-000123/1`.
    public let number: String
    public let platform: String
    public let deliveryLine: String
    public let packs: Int64
    public let state: PlacedReturnState
    /// The platform's number, once it has given one.
    public let platformReturn: String?
    /// How the supplier has answered there; `nil` before it was asked for.
    public let there: PlatformReturnState.State?
    public let announcedAt: Instant

    init(_ row: Row) throws {
        number = try row["number"]
        platform = try row["platform"]
        deliveryLine = try row["delivery_line"]
        packs = try row["packs"]
        state = try row["state"]
        platformReturn = try row["platform_return"]
        there = PlatformReturnState.State(rawValue: try row["there"])
        announcedAt = try row["announced_at"]
    }

    var subject: String { "return \(number)" }

    /// What is enough to ask for it.
    var asked: PlatformReturn {
        PlatformReturn(
            number: number, deliveryPoint: "", supplier: "", product: "", deliveryLine: deliveryLine, batch: "", packs: packs,
            packPrice: .zero, reason: "", platformReturn: platformReturn, appliedOn: announcedAt.businessDay)
    }
}
