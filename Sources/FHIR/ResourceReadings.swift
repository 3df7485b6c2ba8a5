import Dispensing
import Formulary
import Parties
public import Postgres
public import Primitives

/// Resources of a consortium, one by its id or many by a search.
public struct ResourceReadings {
    let transaction: Transaction
    let consortium: ConsortiumID
    let systems: CodeSystems

    public init(_ transaction: Transaction, of consortium: ConsortiumID, systems: CodeSystems = .standard) {
        self.transaction = transaction
        self.consortium = consortium
        self.systems = systems
    }

    /// One page of what a search found; `next` is where the list continues, `nil` on the last page.
    public struct Found: Sendable {
        public let resources: [R4.Resource]
        public let next: [String]?
    }

    /// - Throws: ``FHIRRefusal`` when there is no such resource.
    public func resource(_ type: ResourceType, id: String) throws -> R4.Resource {
        let unknown = FHIRRefusal(.resourceUnknown, "\(type.rawValue) \(id)")
        switch type {
        case .patient:
            guard let id = PatientID(lowercaseText: id), let found = try patients([id]).first else { throw unknown }
            return found
        case .medication:
            guard let key = MedicationKey(id), let found = try medications([key]).first else { throw unknown }
            return found
        case .medicationRequest:
            guard let key = PartKey<Prescription>(id), let found = try requests([key]).first else { throw unknown }
            return found
        case .medicationDispense:
            guard let key = PartKey<DispensingRecord>(id), let found = try dispenses([key]).first else { throw unknown }
            return found
        }
    }

    /// - Parameters:
    ///   - after: where the page before ended, as its ``Found/next``.
    ///   - today: the day whose formulary orders medications.
    /// - Throws: ``FHIRRefusal`` for values that cannot be read or a criterion that is missing.
    public func search(
        _ type: ResourceType, _ query: SearchQuery, after keys: [String]?, today: CalendarDate
    ) throws -> Found {
        let store = SearchStore(transaction: transaction, consortium: consortium, systems: systems)
        let after = keys.map { SearchStore.Position(keys: $0) }
        let limit = query.count + 1
        switch type {
        case .patient:
            let found = try store.patients(query, after: after, limit: limit)
            return try page(found, query.count, { SearchStore.Position(keys: [$0.description]) }, patients(_:))
        case .medication:
            let search = MedicationSearch(transaction: transaction, consortium: consortium, systems: systems, today: today)
            let found = try search.found(query, after: after, limit: limit)
            return try page(found, query.count, \.position) { try medications($0.map(\.key)) }
        case .medicationRequest:
            let found = try store.requests(query, after: after, limit: limit)
            return try page(found, query.count, \.position) { found in
                try requests(found.map { PartKey($0.prescription, $0.product.rawValue) })
            }
        case .medicationDispense:
            let found = try store.dispenses(query, after: after, limit: limit)
            return try page(found, query.count, \.position) { found in
                try dispenses(found.map { PartKey($0.dispensing, Int64($0.line)) })
            }
        }
    }

    private func page<Key>(
        _ found: [Key], _ count: Int, _ position: (Key) -> SearchStore.Position, _ read: ([Key]) throws -> [R4.Resource]
    ) throws -> Found {
        let shown = Array(found.prefix(count))
        return Found(
            resources: try read(shown), next: found.count > count ? shown.last.map { position($0).keys } : nil)
    }

    // MARK: - Resources by key, in the order of the keys; what is not there is left out

    private func patients(_ ids: [PatientID]) throws -> [R4.Resource] {
        let store = PatientStore(transaction)
        return try ids.compactMap { id in
            do {
                return .patient(R4.Patient(try store.patient(id, of: consortium), systems: systems))
            } catch let refusal as DispensingRefusal where refusal.code == .patientUnknown {
                return nil
            }
        }
    }

    private func medications(_ keys: [MedicationKey]) throws -> [R4.Resource] {
        let articles = try contextStore.articles(keys)
        let products = try contextStore.products(keys, articles)
        let makers = try contextStore.makers(of: Array(articles.values))
        let words = try WordsOfCodes(transaction)
        return keys.compactMap { key in
            switch key {
            case .product(let id):
                return products[id].map { .medication(R4.Medication($0, words: words, systems: systems)) }
            case .article(let id):
                guard let article = articles[id], let product = products[article.product] else { return nil }
                return .medication(
                    R4.Medication(
                        article, of: product, maker: article.manufacturer.flatMap { makers[$0] },
                        isWithdrawn: article.withdrawnOn != nil, words: words, systems: systems))
            }
        }
    }

    private func requests(_ keys: [PartKey<Prescription>]) throws -> [R4.Resource] {
        var known: [PrescriptionID: [Int64: R4.Resource]] = [:]
        let words = try WordsOfCodes(transaction)
        for id in Set(keys.map(\.document)) {
            guard let context = try contextStore.prescription(id, words) else { continue }
            for line in context.prescription.content.lines {
                known[id, default: [:]][line.product.rawValue] = context.products[line.product].map { product in
                    .medicationRequest(R4.MedicationRequest(line, of: product, in: context, systems: systems))
                }
            }
        }
        return keys.compactMap { known[$0.document]?[$0.part] }
    }

    private func dispenses(_ keys: [PartKey<DispensingRecord>]) throws -> [R4.Resource] {
        var known: [DispensingID: DispensingInContext] = [:]
        let words = try WordsOfCodes(transaction)
        for id in Set(keys.map(\.document)) { known[id] = try contextStore.dispensing(id, words) }
        return keys.compactMap { key in
            known[key.document].flatMap {
                R4.MedicationDispense(line: Int(key.part), of: $0, systems: systems).map { .medicationDispense($0) }
            }
        }
    }

    private var contextStore: ContextStore { ContextStore(transaction: transaction, consortium: consortium) }
}
