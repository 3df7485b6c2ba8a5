import Parties
import Postgres
import Primitives

/// The operations of facilities, stores, companies and their licences.
public enum PartiesRoutes {
    public static let endpoints: [Endpoint] = readings + commands + places

    static let tag = Phrase("机构与企业", "Parties")
    private static let registrars: Set<Role> = [.procurementOfficer, .supervisor]

    // MARK: - Readings

    private static let readings: [Endpoint] = [
        .reading(
            "parties.facilities", "/facilities", tag: tag, summary: Phrase("本医联体的机构", "The consortium's facilities"),
            query: .paging, answer: PageOf<Facility>.self
        ) { call, transaction in
            let page = try call.page()
            let after = FacilityID(try page.afterNumber() ?? 0)
            let facilities = try PartiesStore(transaction).facilities(of: call.principal.consortium).filter {
                $0.id > after
            }
            return PageOf(facilities, of: page) { [$0.id.description] }
        },
        .reading(
            "parties.stores", "/stores", tag: tag, summary: Phrase("本医联体的库房", "The consortium's stores"),
            query: [.integer("facility", Phrase("机构", "Only those of this facility"))] + .paging,
            answer: PageOf<Store>.self
        ) { call, transaction in
            let page = try call.page()
            let after = StoreID(try page.afterNumber() ?? 0)
            let facility: FacilityID? = call.query(number: "facility")
            let stores = try PartiesStore(transaction).stores(of: call.principal.consortium).filter { store in
                store.id > after && (facility == nil || store.facility == facility)
            }
            return PageOf(stores, of: page) { [$0.id.description] }
        },
        .reading(
            "parties.companies", "/companies", tag: tag, summary: Phrase("企业", "Companies that make or supply"),
            query: [.flag("suppliersOnly", Phrase("只看供应商", "Only those that supply"))] + .paging,
            answer: PageOf<Company>.self
        ) { call, transaction in
            let page = try call.page()
            let companies = try PartiesStore(transaction).companies(
                suppliersOnly: call.query(flag: "suppliersOnly"), after: try page.afterNumber().map(CompanyID.init),
                limit: page.limit + 1)
            return PageOf(companies, of: page) { [$0.id.description] }
        },
        .reading(
            "parties.licences", "/companies/{companyID:number}/licences", tag: tag,
            summary: Phrase("企业的许可证", "A company with its licences"), refusals: [PartiesRefusalCode.companyUnknown],
            answer: CompanyLicencesView.self
        ) { call, transaction in
            let store = PartiesStore(transaction)
            let company = try store.company(try call.number("companyID"))
            return CompanyLicencesView(company, try store.licences(of: company.id), on: call.today)
        },
    ]

    // MARK: - Commands

    private static let commands: [Endpoint] = [
        .command(
            "parties.register-company", "/companies", tag: tag, summary: Phrase("登记企业", "Registers a company"),
            roles: registrars, refusals: [PartiesRefusalCode.creditCodeInvalid], creates: true, body: CompanyBody.self,
            answer: Company.self
        ) { call, transaction in
            let name = call.body.name
            guard name.contains(where: { !$0.isWhitespace }) else {
                throw HTTPRefusal(.missingField, "the name is empty", field: "name")
            }
            do {
                return try RegisterCompany(
                    name: name, creditCode: call.body.creditCode, isManufacturer: call.body.isManufacturer,
                    isSupplier: call.body.isSupplier
                ).run(in: transaction, by: call.principal, at: call.now)
            } catch let error as PostgresError where error.constraint == "company_credit_code_is_unique" {
                throw PartiesRefusal(.creditCodeInvalid, "it belongs to another company", field: "creditCode")
            }
        },
        .command(
            "parties.record-licence", "/companies/{companyID:number}/licences", tag: tag,
            summary: Phrase("登记许可证", "Records a licence, or a new period of one"), roles: registrars,
            refusals: [PartiesRefusalCode.companyUnknown, PartiesRefusalCode.licencePeriodInvalid], creates: true,
            body: LicenceBody.self, answer: CompanyLicencesView.self
        ) { call, transaction in
            guard call.body.number.contains(where: { !$0.isWhitespace }) else {
                throw HTTPRefusal(.missingField, "the number is empty", field: "number")
            }
            let company: CompanyID = try call.number("companyID")
            let licences = try RecordLicence(
                licence: Licence(
                    company: company, kind: call.body.kind, number: call.body.number, validFrom: call.body.validFrom,
                    validThrough: call.body.validThrough)
            ).run(in: transaction, by: call.principal, at: call.now)
            return CompanyLicencesView(try PartiesStore(transaction).company(company), licences, on: call.today)
        },
    ]
    private static let places: [Endpoint] = [
        .command(
            "parties.locate-facility", "/facilities/{facilityID:number}/location", method: .put, tag: tag,
            summary: Phrase("登记机构坐标", "Says where a facility is"), roles: registrars,
            refusals: [PartiesRefusalCode.facilityUnknown, PartiesRefusalCode.locationInvalid], body: FacilityLocationBody.self,
            answer: Facility.self
        ) { call, transaction in
            try LocateFacility(facility: try call.number("facilityID"), location: call.body.location)
                .run(in: transaction, by: call.principal, at: call.now)
        },
        .command(
            "parties.record-distance", "/facilities/{facilityID:number}/distances/{otherID:number}", method: .put, tag: tag,
            summary: Phrase("登记两机构间的路程", "Says how far two facilities are apart by road"), roles: registrars,
            refusals: [PartiesRefusalCode.facilityUnknown, PartiesRefusalCode.distanceInvalid], body: FacilityDistanceBody.self,
            answer: FacilityDistanceBody.self
        ) { call, transaction in
            try RecordDistance(
                from: try call.number("facilityID"), to: try call.number("otherID"), metres: call.body.metres
            ).run(in: transaction, by: call.principal, at: call.now)
            return call.body
        },
    ]
}
