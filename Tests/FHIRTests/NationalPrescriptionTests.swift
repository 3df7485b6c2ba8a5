import Dispensing
import FHIR
import Formulary
import Foundation
import MedicationRules
import Primitives
import TestSupport
import Testing

@Suite("A prescription as the national interface takes it")
struct NationalPrescriptionTests {
    /// A product as the catalogue has it.
    static func product(_ id: Int64, _ name: String, kind: String = "western", unit: String = "tablet") throws -> Product {
        let json = """
            {"id":\(id),"code":"W\(id)","kind":"\(kind)","genericName":"\(name)","englishName":"","dosageForm":"capsule",\
            "strength":"0.25g","baseUnit":"\(unit)","drugClass":"","reimbursement":"A","essential":true,"volumeBased":false,\
            "longPrescription":true,"specialControl":"none","storage":"room","lightProtected":false,"diseaseGroups":[]}
            """
        return try JSONDecoder().decode(Product.self, from: Data(json.utf8))
    }

    static func article(_ product: Int64) throws -> Article {
        let json = """
            {"id":\(product + 100),"product":\(product),"manufacturer":9,"insuranceCode":"XJ01CAA040E001010100001",\
            "tradeName":"阿莫仙","approvalNumber":"国药准字H44021351","packSize":24,"packUnit":"盒","packText":"24粒/盒"}
            """
        return try JSONDecoder().decode(Article.self, from: Data(json.utf8))
    }

    /// Half a capsule three times a day for a week, with all that a visit tells; `change` takes some of it away.
    static func source(
        kind: PrescriptionKind = .ordinary, productKind: String = "western", herbal: HerbalDirections? = nil,
        _ change: (inout NationalSource, inout Encounter) throws -> Void = { _, _ in }
    ) throws -> NationalSource {
        let product = try product(1, "阿莫西林胶囊", kind: productKind)
        var encounter = Encounter()
        encounter.visitID = "V1"
        encounter.visitNumber = "O1"
        encounter.visitType = "11"
        encounter.isInpatient = false
        encounter.visitedAt = .ofTests
        encounter.insurancePlace = "360426"
        encounter.heightMillimetres = 1_725
        encounter.weightGrams = 65_500
        encounter.isBreastfeeding = false
        var source = NationalSource(
            number: "CF-2026-000001", kind: kind, writtenAt: .ofTests, validThrough: try #require(CalendarDate("2026-11-23")),
            content: PrescriptionContent(diagnosis: "", lines: []), patientName: "张三", sex: .male,
            birthOn: try #require(CalendarDate("1990-03-07")), products: [product.id: product],
            words: WordsOfCodes(units: ["tablet": "粒"], forms: ["capsule": "胶囊剂"]))
        source.allergies = ["青霉素", "花生"]
        source.articles = [product.id: try article(1)]
        source.makers = [CompanyID(9): "华北制药"]
        source.frequencies = ["tid": "每日三次"]
        source.sender.institutionCode = "H36042600001"
        source.sender.institutionName = "县人民医院"
        source.sender.divisionCode = "360426"
        source.sender.prescriberCode = "D360426000001"
        source.sender.prescriberName = "李医生"
        var credential = NationalCredential(kind: .residentCard, number: "110101199003070134")
        credential.residentNumber = "110101199003070134"
        source.credential = credential
        try change(&source, &encounter)
        let line = PrescriptionLine(
            product: product.id, quantity: 11, doseText: "半粒", dose: DoseAmount(thousandths: 500),
            route: AdministrationRoute(code: "po"), frequency: try #require(DosingFrequency(code: "tid")), days: 7,
            insurance: LineInsurance(isApprovedByHospital: true))
        source.content = PrescriptionContent(
            diagnosisCode: "J18.9", diagnosis: "肺炎", otherDiagnoses: [Diagnosis(code: "BNP050", name: "感冒病")],
            department: Department(code: "0301", name: "内科"), validityDays: 3, herbal: herbal, encounter: encounter, lines: [line])
        return source
    }

    @Test("each field of the root, the drug, the visit and the diagnoses has its value", arguments: [
        (.root, [
            "mdtrtCertType": "02", "mdtrtCertNo": "110101199003070134", "bizTypeCode": "01", "insuPlcNo": "360426",
            "mdtrtareaNo": "360426", "hospRxno": "CF-2026-000001", "rxTypeCode": "1", "prscTime": "2026-11-21 08:00:00",
            "rxDrugCnt": "1", "valiDays": "3", "valiEndTime": "2026-11-23 23:59:59", "reptFlag": "0", "longRxFlag": "0",
        ]),
        (.drug, [
            "medListCodg": "XJ01CAA040E001010100001", "fixmedinsHilistId": "W1", "rxItemTypeCode": "11", "basMednFlag": "1",
            "drugGenname": "阿莫西林胶囊", "drugDosform": "胶囊剂", "drugSpec": "0.25g", "drugProdname": "阿莫仙", "prdrName": "华北制药",
            "medcWayCodg": "1", "medcWayDscr": "口服", "medcBegntime": "2026-11-21 08:00:00", "medcEndtime": "2026-11-27 23:59:59",
            "medcDays": "7", "sinDosunt": "粒", "sinDoscnt": "0.5", "usedFrquCodg": "tid", "usedFrquName": "每日三次",
            "drugDosunt": "粒", "drugCnt": "11", "hospApprFlag": "1",
        ]),
        (.visit, [
            "fixmedinsCode": "H36042600001", "fixmedinsName": "县人民医院", "mdtrtId": "V1", "medType": "11", "iptOtpNo": "O1",
            "otpIptFlag": "1", "patnName": "张三", "psnCertType": "01", "certno": "110101199003070134", "patnAge": "36",
            "patnHgt": "172.5", "patnWt": "65.5", "gend": "1", "suckPrdFlag": "0", "algsHis": "青霉素、花生", "prscDeptName": "内科",
            "prscDeptCode": "0301", "drCode": "D360426000001", "prscDrName": "李医生", "mdtrtTime": "2026-11-21 08:00:00",
            "maindiagCode": "J18.9", "maindiagName": "肺炎",
        ]),
        (.diagnosis, [
            "diagType": "1", "maindiagFlag": "1", "diagSrtNo": "1", "diagCode": "J18.9", "diagName": "肺炎", "diagDept": "内科",
            "diagDrNo": "D360426000001", "diagTime": "2026-11-21 08:00:00",
        ]),
    ] as [(MissingNationalField.Node, [String: String])])
    func fields(node: MissingNationalField.Node, values: [String: String]) throws {
        let message = NationalPrescription(try Self.source())
        let found =
            switch node {
            case .root: message.root
            case .drug: message.drugs[0]
            case .visit: message.visit
            case .diagnosis: message.diagnoses[0]
            }
        for (name, value) in values { #expect(found[name] == value, "\(name)") }
        #expect(message.missing.isEmpty, "\(message.missing)")
        #expect(found.fields.allSatisfy { !$0.value.isEmpty })
    }

    @Test("codes follow the kind of prescription, product and diagnosis")
    func codes() throws {
        #expect(NationalPrescription(try Self.source(kind: .long)).root["longRxFlag"] == "1")
        #expect(NationalPrescription(try Self.source(kind: .emergency)).drugs[0]["urgtFlag"] == "1")
        #expect(NationalPrescription(try Self.source(productKind: "patent")).drugs[0]["rxItemTypeCode"] == "12")
        #expect(NationalPrescription(try Self.source()).diagnoses[1]["diagType"] == "2")
        let herbal = NationalPrescription(
            try Self.source(
                kind: .herbal, productKind: "herbal", herbal: HerbalDirections(doses: 7, method: "水煎服")))
        #expect(herbal.root["rxTypeCode"] == "2" && herbal.drugs[0]["rxItemTypeCode"] == "13")
        #expect(herbal.root["rxDoscnt"] == "7" && herbal.root["rxDosunt"] == "剂" && herbal.root["rxDrordDscr"] == "水煎服")
        let sent = NationalPrescription(
            try Self.source { source, encounter in
                source.sex = .female
                encounter.pregnancyWeeks = 12
                encounter.business = .internet
                encounter.extraAttribute = .dualChannel
                encounter.isInpatient = true
            })
        #expect(sent.visit["gend"] == "2" && sent.visit["gesoVal"] == "12" && sent.visit["otpIptFlag"] == "2")
        #expect(sent.root["bizTypeCode"] == "02" && sent.root["rxExraAttrCode"] == "01")
    }

    @Test("the weight of the visit counts more than the one measured before")
    func weight() throws {
        let both = try Self.source { source, _ in source.weightGrams = 70_000 }
        #expect(NationalPrescription(both).visit["patnWt"] == "65.5")
        let earlier = try Self.source { source, encounter in
            source.weightGrams = 70_000
            encounter.weightGrams = nil
        }
        #expect(NationalPrescription(earlier).visit["patnWt"] == "70")
    }

    @Test("what is mandatory and not there is told, where it is missing", arguments: [
        ("credential", ["mdtrtCertType", "mdtrtCertNo", "mdtrtinfo.psnCertType", "mdtrtinfo.certno"]),
        ("article", ["rxdrugdetail[1].medListCodg"]),
        ("visit", ["mdtrtinfo.mdtrtId", "mdtrtinfo.medType", "mdtrtinfo.mdtrtTime"]),
        ("sender", ["mdtrtareaNo", "mdtrtinfo.fixmedinsCode", "mdtrtinfo.fixmedinsName", "mdtrtinfo.drCode", "mdtrtinfo.prscDrName"]),
    ])
    func missing(part: String, fields: [String]) throws {
        let source = try Self.source { source, encounter in
            switch part {
            case "credential": source.credential = nil
            case "article": source.articles = [:]
            case "visit": encounter = Encounter()
            default: source.sender = NationalSender()
            }
        }
        #expect(NationalPrescription(source).missing.map(\.description) == fields)
    }

    @Test("the body holds the root's fields in their order, then the three lists")
    func body() throws {
        let names = NationalPrescription(try Self.source()).json.members.map(\.name)
        #expect(names.prefix(3) == ["mdtrtCertType", "mdtrtCertNo", "bizTypeCode"])
        #expect(names.suffix(3) == ["rxdrugdetail", "mdtrtinfo", "diseinfo"])
    }
}
