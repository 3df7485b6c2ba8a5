public import Dispensing
import Formulary
import Parties
public import Postgres
public import Primitives
import StockLedger

/// Finds the pharmacies for a prescription, over all stores of the consortium at once.
///
/// Where the patient lives is not kept. Distances are from the facility of the pharmacy they chose or, without a choice, from
/// the facility where the prescription was written.
public struct PharmacyOffers {
    private let transaction: Transaction
    private let consortium: ConsortiumID

    public init(_ transaction: Transaction, of consortium: ConsortiumID) {
        self.transaction = transaction
        self.consortium = consortium
    }

    /// - Throws: `DispensingRefusal`: an unknown prescription, one that is not to be handed out, or not today.
    public func offers(_ prescription: PrescriptionID, today: CalendarDate) throws -> PrescriptionOffers {
        let current = try PrescriptionReadings(transaction, of: consortium).prescription(prescription)
        _ = try current.state.after(.dispense)
        try current.requireValidity(on: today)
        let lines = current.linesToHandOut(today: today)
        let products = try ProductsStore(transaction).products(lines.map(\.product))
        let stock = try StockReadings(transaction).usable(Set(lines.map(\.need)), of: consortium)
        let parties = PartiesStore(transaction)
        let stores = try parties.stores(of: consortium)
        let names = Dictionary(try parties.facilities(of: consortium).map { ($0.id, $0.name) }, uniquingKeysWith: { $1 })
        let chosen = try ChoicesStore(transaction, consortium).pharmacy(of: current)
        let home = stores.first { $0.id == chosen }?.facility ?? current.facility
        let distances = try parties.distances(from: home, of: consortium)
        let offers = stores.compactMap { store -> PharmacyOffer? in
            guard store.kind.servesPatients, let name = names[store.facility] else { return nil }
            let coverage = Coverage(of: lines, from: stock[store.id] ?? [:])
            return PharmacyOffer(
                store: store, facilityName: name, metres: distances.metres(from: home, to: store.facility),
                isChosen: store.id == chosen, coverage: coverage, explanation: coverage.explanation(products))
        }.sorted(by: OfferOrder.isBefore)
        let target = offers.first(where: \.isChosen) ?? offers.first
        guard target?.isComplete != true else { return PrescriptionOffers(chosen: chosen, offers: offers, proposals: []) }
        let used = try StockReadings(transaction).consumed(
            lines.map(\.product), of: consortium, from: today.adding(days: 1 - Spare.keptDays), through: today)
        let spares = stores.flatMap { store in
            lines.compactMap { line in
                Spare(
                    of: line, in: store, stock: stock[store.id]?[line.need] ?? .none, used: used[store.id]?[line.product] ?? .zero,
                    metres: target.flatMap { distances.metres(from: $0.facility, to: store.facility) })
            }
        }
        let proposals = Proposals(
            kind: current.kind, lines: lines, products: products, target: target, offers: offers, spares: spares
        ).all
        return PrescriptionOffers(chosen: chosen, offers: offers, proposals: proposals)
    }
}

extension Prescription {
    /// What is still to be handed out, with the last day on which each line would be used.
    func linesToHandOut(today: CalendarDate) -> [OpenLine] {
        openLines.map { open in
            let line = content.lines[open.line - 1]
            return OpenLine(
                line: open.line, product: line.product, open: open.quantity,
                usedThrough: DispensingRules.usedThrough(line, handingOut: open.quantity, kind: kind, today: today))
        }
    }
}
