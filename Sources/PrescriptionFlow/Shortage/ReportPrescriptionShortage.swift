public import Dispensing
import Identity
public import Postgres
public import Primitives
public import Requisitions

/// Reports that a line of a prescription cannot be met: an ordinary shortage report (缺药登记) that knows its prescription.
public struct ReportPrescriptionShortage: Sendable {
    public var shortage: ShortageID
    public var prescription: PrescriptionID
    /// From 1.
    public var line: Int
    public var facility: FacilityID
    /// Base units; `nil`: all that is open of the line.
    public var quantity: BaseUnits?

    public init(
        shortage: ShortageID, prescription: PrescriptionID, line: Int, facility: FacilityID, quantity: BaseUnits? = nil
    ) {
        self.shortage = shortage
        self.prescription = prescription
        self.line = line
        self.facility = facility
        self.quantity = quantity
    }

    /// - Throws: `DispensingRefusal` for an unknown prescription; ``PrescriptionFlowRefusal``: a line it does not have, a line
    ///   of which nothing is open, more than is open; then what `ReportShortage` refuses: a person of another facility, an
    ///   unknown facility, the id taken.
    public func run(in transaction: Transaction, by principal: Principal, at now: Instant) throws -> ShortageReport {
        let current = try PrescriptionReadings(transaction, of: principal.consortium).prescription(prescription)
        guard current.content.lines.indices.contains(line - 1) else {
            throw PrescriptionFlowRefusal(.productNotPrescribed, "\(current.number) has no line \(line)", field: "line")
        }
        guard let open = current.openLines.first(where: { $0.line == line })?.quantity else {
            throw PrescriptionFlowRefusal(.nothingOpen, "\(current.number), line \(line)", field: "line")
        }
        let wanted = quantity ?? open
        guard wanted > 0, wanted <= open else {
            throw PrescriptionFlowRefusal(.quantityInvalid, "\(wanted), \(open) open", field: "quantity")
        }
        let report = try ReportShortage(
            shortageID: shortage, facility: facility, product: current.content.lines[line - 1].product, quantity: wanted,
            reason: "处方 \(current.number)"
        ).run(in: transaction, by: principal, at: now)
        try PrescriptionShortages(transaction, principal.consortium).add(shortage, of: prescription, line: line)
        return report
    }
}
