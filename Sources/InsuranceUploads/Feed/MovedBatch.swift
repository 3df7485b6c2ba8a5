import Foundation
import PlatformMessages
import Postgres
import Primitives
import StockLedger

/// A batch that a movement brought into an institution's stores, or took out of them.
struct MovedBatch: Sendable, Hashable {
    let movement: MovementID
    let kind: MovementKind
    let facility: FacilityID
    let batch: BatchID
    /// Base units; positive came in, negative went out; not zero.
    let units: BaseUnits
    let document: String
    let happenedAt: Instant
    let packSize: BaseUnits
    let reverses: MovementID?

    /// The number in the document's name: `goods-receipt 0193…`.
    func document(_ name: String) -> UUID? {
        guard document.hasPrefix("\(name) ") else { return nil }
        return UUID(uuidString: String(document.dropFirst(name.count + 1)))
    }
}

extension MovedBatch {
    /// What the insurer is told of it. Pure.
    enum Telling: Sendable, Hashable {
        case purchase(receipt: UUID)
        case purchaseReturn
        case sale(dispensing: UUID)
        case saleReturn(UUID)
        case change(PlatformStockChange)
        /// The opposite of what the movement that it reverses was told as.
        case reversal(of: MovementID)
    }

    /// Source: the reference on platform interfaces, 3501 to 3506 and the change types of 3502.
    var telling: Telling {
        let isIn = units > 0
        switch kind {
        case .receipt: return document("goods-receipt").map { .purchase(receipt: $0) } ?? .change(.purchaseIn)
        case .issue: return document("dispensing").map { .sale(dispensing: $0) } ?? .change(.otherOut)
        case .patientReturn: return document("patient-return").map { .saleReturn($0) } ?? .change(.otherIn)
        case .supplierReturn: return .purchaseReturn
        // Between stores of one institution nothing moves but what is lost on the way.
        case .transferIn: return .change(isIn ? .transferIn : .loss)
        case .transferOut: return .change(isIn ? .transferIn : .transferOut)
        case .adjustment: return .change(isIn ? .gain : .loss)
        case .destruction: return .change(isIn ? .otherIn : .destruction)
        case .reversal: return reverses.map { .reversal(of: $0) } ?? .change(isIn ? .otherIn : .otherOut)
        case .opening, .quarantine, .release, .reservation, .reservationRelease: return .change(isIn ? .otherIn : .otherOut)
        }
    }
}

extension PlatformStockChange {
    /// What takes a change back. A ledger takes nothing back by deleting, and neither do uploads: the platform deletes by serial and
    /// kind, which would take everything of the batch.
    ///
    /// - Parameter told: what the movement that is reversed was told as; `nil` when it was not, or as no change.
    static func opposite(of told: PlatformStockChange?, isIn: Bool) -> PlatformStockChange {
        let opposite: PlatformStockChange? =
            switch told {
            case .transferIn: .transferOut
            case .transferOut: .transferIn
            case .gain: .loss
            case .loss: .gain
            case .purchaseIn: .returnOut
            case .returnOut: .purchaseIn
            case .otherIn: .otherOut
            case .otherOut, .destruction: .otherIn
            case .donationIn, .donationReturned, nil: nil
            }
        return opposite ?? (isIn ? .otherIn : .otherOut)
    }
}
