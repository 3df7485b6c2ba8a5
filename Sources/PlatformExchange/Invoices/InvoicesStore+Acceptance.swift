import Outbox
import PlatformMessages
import Postgres
import Primitives

extension InvoicesStore {
    /// Whether the platform has refused to take in that an unpaid invoice is accepted.
    func acceptanceIsRefused(_ invoice: SupplierInvoice) throws -> Bool {
        guard invoice.state == .accepted, invoice.paidAt == nil, invoice.acceptedThereAt == nil else { return false }
        return try transaction.first(
            """
            SELECT EXISTS (SELECT FROM outbox.message
                            WHERE consortium_id = \(consortium) AND destination = \(platform)
                              AND business_key = \("\(invoice.subject)/\(PlatformFactKind.acceptInvoice.rawValue)")
                              AND state IN ('refused', 'discarded')) AS is_refused
            """
        ) { try $0["is_refused"] as Bool } ?? false
    }
}
