import Dispensing
import Formulary
public import Primitives
import StockLedger

/// What a pharmacist decided, as the interface tells it to the hospital (`rxChkInfoQuery`, D006).
public struct NationalReviewResult: Sendable, Hashable {
    public let node: NationalNode

    /// The decision about the current version; `nil` when there is none.
    ///
    /// - Parameter pharmacistCode: the reviewer's national code; empty when it is not known.
    public init?(_ context: PrescriptionInContext, pharmacistCode: String = "", codes: NationalCodes = .standard) {
        let prescription = context.prescription
        guard let review = prescription.reviews.last(where: { $0.version == prescription.version }) else { return nil }
        self.init(review, pharmacist: context.people[review.reviewer] ?? "", pharmacistCode: pharmacistCode, codes: codes)
    }

    init(_ review: PrescriptionReview, pharmacist: String, pharmacistCode: String, codes: NationalCodes) {
        var node = NationalNode()
        node.add("pharName", pharmacist)
        node.add("pharCode", pharmacistCode)
        node.add("rxChkStasCodg", codes.reviewed[review.outcome])
        node.add("rxChkOpnn", review.reason)
        node.add("rxChkTime", review.reviewedAt.nationalText)
        self.node = node
    }
}

/// What was handed out on a prescription, as the interface tells it to the hospital (`rxSetlInfoQuery`, D007).
public struct NationalDispenseResult: Sendable, Hashable {
    public let root: NationalNode
    /// `seltdelts`: what each batch gave.
    public let items: [NationalNode]

    /// - Parameter dispensings: all of the prescription, in their order; `nil` comes back for none.
    public init?(_ dispensings: [DispensingInContext], codes: NationalCodes = .standard) {
        guard let last = dispensings.last else { return nil }
        let used = last.prescription.prescription.state == .dispensed ? codes.used : codes.partlyUsed
        var root = NationalNode()
        root.add("setlTime", last.record.dispensedAt.nationalText)
        root.add("rxUsedStasCodg", used.code)
        root.add("rxUsedStasName", used.name)
        self.root = root
        items = dispensings.flatMap { context in
            context.record.lines.compactMap { line in Self.item(line, context) }
        }
    }

    private static func item(_ line: DispensedLine, _ context: DispensingInContext) -> NationalNode? {
        guard let product = context.prescription.products[line.pick.product], let article = context.articles[line.pick.article]
        else { return nil }
        var node = NationalNode()
        node.add("medListCodg", article.insuranceCode)
        node.add("drugGenname", product.genericName)
        node.add("drugProdname", article.tradeName)
        node.add("drugDosform", context.prescription.words.form(product.dosageForm))
        node.add("drugSpec", product.strength)
        node.add("cnt", line.pick.quantity.description)
        node.add("aprvno", article.approvalNumber)
        node.add("bchno", line.pick.batch.description)
        node.add("manuLotnum", line.pick.batchNumber)
        node.add("prdrName", article.manufacturer.flatMap { context.makers[$0] })
        // What is told here was handed to the patient.
        node.add("takeDrugFlag", flag: true)
        return node
    }

    public var json: JSONValue { .object(root.json.members + [.init("seltdelts", .array(items.map(\.json)))]) }
}
