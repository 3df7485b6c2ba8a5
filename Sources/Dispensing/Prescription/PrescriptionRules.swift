public import Formulary
public import MedicationRules
public import Primitives

/// Decides whether a prescription may be written as it is. Pure: reads nothing.
public struct PrescriptionRules: Sendable {
    public var limits: PrescriptionLimits

    public init(limits: PrescriptionLimits = .national) { self.limits = limits }

    /// What the rules are about.
    public struct Case: Sendable {
        public var content: PrescriptionContent
        public var kind: PrescriptionKind
        /// The products of the lines, those that exist.
        public var products: [ProductID: Product]
        /// The long prescriptions of the same patient that may still run, other than this one, with the generic names of
        /// their products.
        public var covered: [(genericName: String, days: CoveredDays)]
        /// The packs that each product comes in.
        public var packSizes: [ProductID: [BaseUnits]]
        public var today: CalendarDate

        public init(
            _ content: PrescriptionContent, kind: PrescriptionKind, products: [ProductID: Product],
            covered: [(genericName: String, days: CoveredDays)] = [], packSizes: [ProductID: [BaseUnits]] = [:],
            today: CalendarDate
        ) {
            self.content = content
            self.kind = kind
            self.products = products
            self.covered = covered
            self.packSizes = packSizes
            self.today = today
        }
    }

    /// Refuses what the prescriber must not write.
    ///
    /// Source: prescription rules R-RX-01…R-RX-09, controlled drugs §3, long prescriptions R-LP-01…R-LP-05.
    ///
    /// - Throws: ``DispensingRefusal``, the first that applies: diagnosis, validity, visit, lines, kind, number of products,
    ///   directions for herbs, quantities, records of a long prescription, supply.
    public func check(_ prescription: Case) throws {
        for judgement in judge(prescription) {
            if let refusal = judgement.refusal { throw refusal }
        }
    }

    /// Everything the rules have to say, in the order in which they refuse.
    public func findings(_ prescription: Case) -> [Finding] { judge(prescription).map(\.finding) }

    /// Legality and form come first; a prescription that fails there is not looked at further.
    ///
    /// Source: R-RV-03.
    func judge(_ prescription: Case) -> [Judgement] {
        var judgements = form(of: prescription.content, prescription.kind) + shape(of: prescription.content.lines)
        guard !judgements.blocks else { return judgements }
        let (named, unnamed) = products(of: prescription)
        judgements += unnamed
        guard !judgements.blocks else { return judgements }
        judgements += herbs(prescription, named)
        guard !judgements.blocks else { return judgements }
        judgements += quantities(prescription, named)
        if prescription.kind == .long { judgements += longRecords(prescription.content) }
        for (number, (line, product)) in zip(prescription.content.lines, named).enumerated() {
            judgements += supply(line, of: product, prescription, number: number)
            if prescription.kind == .long { judgements += coverage(line, of: product, prescription, number: number) }
        }
        return judgements
    }

    /// The products of the lines in their order, as far as they may stand on this kind of prescription.
    private func products(of prescription: Case) -> ([Product], [Judgement]) {
        var named: [Product] = []
        var judgements: [Judgement] = []
        for (number, line) in prescription.content.lines.enumerated() {
            let product = prescription.products[line.product]
            if let product, product.prescriptionKinds.contains(prescription.kind) {
                named.append(product)
                continue
            }
            let label = product?.label ?? "unknown product"
            judgements.append(
                .block(
                    "prescription.kind", lines: [number + 1], "\(product?.label ?? "未知品种")不能开在这类处方上",
                    source: "R-CD-01, R-LP-02, R-LP-03, R-RX-07",
                    as: DispensingRefusal(
                        .productNotForThisKind, "\(label) on \(prescription.kind.rawValue)", field: "lines[\(number)].product")))
        }
        let counted = named.filter { $0.kind != .herbal }.count
        if counted > limits.productsMax {
            judgements.append(
                .block(
                    "prescription.products-max", "共\(counted)种药品，每张处方不得超过\(limits.productsMax)种", source: "R-RX-06",
                    as: DispensingRefusal(
                        .tooManyProducts, "\(counted) products, at most \(limits.productsMax)", field: "lines")))
        }
        if counted != 0, counted != named.count {
            judgements.append(
                .block(
                    "prescription.herbal-separate", "中药饮片应当单独开具处方", source: "R-RX-07",
                    as: DispensingRefusal(
                        .productNotForThisKind, "herbal pieces stand on a prescription of their own", field: "lines")))
        }
        return (named, judgements)
    }

    private func longRecords(_ content: PrescriptionContent) -> [Judgement] {
        let missing = LongRecord.eligibility.subtracting(content.longRecords).map(\.rawValue).sorted().joined(separator: ", ")
        guard !missing.isEmpty else { return [] }
        return [
            .block(
                "long.records", "长期处方缺少评估记录：\(missing)", source: "R-LP-01",
                as: DispensingRefusal(.longRecordsMissing, missing, field: "longRecords"))
        ]
    }
}
