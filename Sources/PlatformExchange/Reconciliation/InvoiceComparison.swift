import PlatformMessages
import Primitives

/// Holds the invoices that we know of some days against those that the platform lists. Pure.
struct InvoiceComparison {
    struct Ours: Sendable, Hashable {
        let key: InvoiceKey
        let total: Money
        let state: InvoiceState
        let isAcceptedThere: Bool
        let isPaidThere: Bool
        /// Whether it came to us in the time that is compared; one from before is compared only where the platform still lists it.
        var isRecent = true
    }

    let invoices: [Ours]

    static func subject(_ key: InvoiceKey) -> String { "\(key.subject), as listed" }

    func differences(to theirs: [PlatformInvoiceState]) -> [OrderComparison.Found] {
        var rest: [InvoiceKey: PlatformInvoiceState] = [:]
        // A page that moved may have brought a row twice.
        for row in theirs { rest[InvoiceKey(supplier: row.supplier, code: row.code, number: row.number)] = row }
        var found: [OrderComparison.Found] = []
        for invoice in invoices {
            let subject = Self.subject(invoice.key)
            guard let row = rest.removeValue(forKey: invoice.key) else {
                guard invoice.isRecent else { continue }
                found.append(.init(kind: .missingThere, subject: subject, ours: "\(invoice.total)", theirs: ""))
                continue
            }
            if let total = row.total, total != invoice.total {
                found.append(.init(kind: .price, subject: subject, ours: "\(invoice.total)", theirs: "\(total)"))
            }
            if let ours = invoice.expectation(of: row.state) {
                found.append(.init(kind: .state, subject: subject, ours: ours, theirs: row.state.rawValue))
            }
        }
        for (key, row) in rest.sorted(by: { $0.key.subject < $1.key.subject }) where row.state.isOfSomebody {
            found.append(
                .init(
                    kind: .missingHere, subject: Self.subject(key), ours: "",
                    theirs: row.total.map { "\($0)" } ?? row.state.rawValue))
        }
        return found
    }
}

extension InvoiceComparison.Ours {
    /// What we have, where the platform cannot have this state of it; `nil` where it may. Some platforms say only that the supplier has
    /// confirmed an invoice, which is ``PlatformInvoiceState/State/waiting`` for good.
    fileprivate func expectation(of theirs: PlatformInvoiceState.State) -> String? {
        let isRight =
            switch theirs {
            case .waiting: true
            case .accepted: isAcceptedThere
            case .paid: isPaidThere
            case .draft, .refused, .void: state == .rejected
            }
        return isRight ? nil : isPaidThere ? "paid" : state.rawValue
    }
}

extension PlatformInvoiceState.State {
    /// Whether the supplier stands by it.
    fileprivate var isOfSomebody: Bool { self == .waiting || self == .accepted || self == .paid }
}
