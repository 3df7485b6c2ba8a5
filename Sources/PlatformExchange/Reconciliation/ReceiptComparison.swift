import PlatformMessages
import Primitives

/// Holds what we told a platform of deliveries against what it has. Pure.
struct ReceiptComparison {
    /// What the platform has taken in.
    let receipts: [PlatformReceipt]

    static func subject(_ deliveryLine: String) -> String { "receipt of delivery \(deliveryLine)" }

    func differences(to theirs: [PlatformDeliveryLine]) -> [OrderComparison.Found] {
        var rows: [String: PlatformDeliveryLine] = [:]
        // A page that moved may have brought a row twice.
        for row in theirs { rows[row.deliveryLine] = row }
        return receipts.compactMap { receipt in
            let subject = Self.subject(receipt.deliveryLine)
            let ours = "\(receipt.packsAccepted) of \(receipt.packsDelivered) packs accepted"
            func found(_ kind: Difference.Kind, _ theirs: String) -> OrderComparison.Found {
                OrderComparison.Found(kind: kind, subject: subject, ours: ours, theirs: theirs)
            }
            guard let row = rows[receipt.deliveryLine] else { return found(.missingThere, "") }
            switch row.state {
            case .accepted:
                let packs = row.packsAccepted ?? row.packs
                return packs == receipt.packsAccepted ? nil : found(.quantity, "\(packs) packs accepted")
            case .rejected: return receipt.packsAccepted == 0 ? nil : found(.quantity, "rejected")
            case .shipped: return found(.state, "not accepted")
            case .void: return found(.state, "void")
            case nil: return nil
            }
        }
    }
}
