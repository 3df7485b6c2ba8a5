public import Primitives
import Dispensing
import Formulary
import MedicationRules

/// A prescription as the national e-prescription interface takes it (`uploadChk`), and what it still lacks.
///
/// Source: the national e-prescription interface, `uploadChk`: the root with the lists `rxdrugdetail`, `mdtrtinfo` and
/// `diseinfo`; `certno`, `psnNo` and the credential are known at the visit only. Which fields are mandatory is unverified.
public struct NationalPrescription: Sendable {
    public let root: NationalNode
    public let drugs: [NationalNode]
    public let visit: NationalNode
    public let diagnoses: [NationalNode]

    /// The fields without which the interface refuses a prescription.
    public static let mandatory: [MissingNationalField.Node: [String]] = [
        .root: [
            "mdtrtCertType", "mdtrtCertNo", "bizTypeCode", "mdtrtareaNo", "hospRxno", "rxTypeCode", "prscTime", "rxDrugCnt",
            "valiDays", "valiEndTime",
        ],
        .drug: [
            "medListCodg", "fixmedinsHilistId", "rxItemTypeCode", "drugGenname", "drugDosform", "drugSpec", "medcWayCodg",
            "medcDays", "sinDosunt", "sinDoscnt", "usedFrquCodg", "drugDosunt", "drugCnt",
        ],
        .visit: [
            "fixmedinsCode", "fixmedinsName", "mdtrtId", "medType", "patnName", "psnCertType", "certno", "gend", "prscDeptName",
            "drCode", "prscDrName", "mdtrtTime", "maindiagCode", "maindiagName",
        ],
        .diagnosis: ["diagType", "maindiagFlag", "diagSrtNo", "diagCode", "diagName"],
    ]

    public init(_ source: NationalSource, codes: NationalCodes = .standard) {
        root = Self.root(source, codes)
        drugs = source.content.lines.compactMap { line in
            source.products[line.product].map { Self.drug(line, $0, source, codes) }
        }
        visit = Self.visit(source, codes)
        diagnoses = source.content.diagnoses.enumerated().map { Self.diagnosis($1, $0 + 1, source, codes) }
    }

    /// What is mandatory and not there, in the order of the message.
    public var missing: [MissingNationalField] {
        func missing(_ node: MissingNationalField.Node, _ nodes: [NationalNode], isList: Bool) -> [MissingNationalField] {
            nodes.enumerated().flatMap { number, found in
                (Self.mandatory[node] ?? []).filter { found[$0] == nil }.map {
                    MissingNationalField(node, $0, number: isList ? number + 1 : nil)
                }
            }
        }
        return missing(.root, [root], isList: false) + missing(.drug, drugs, isList: true)
            + missing(.visit, [visit], isList: false) + missing(.diagnosis, diagnoses, isList: true)
    }

    /// The body of the message, before it is encrypted and signed.
    public var json: JSONValue {
        .object(
            root.json.members + [
                .init("rxdrugdetail", .array(drugs.map(\.json))), .init("mdtrtinfo", .array([visit.json])),
                .init("diseinfo", .array(diagnoses.map(\.json))),
            ])
    }

    // MARK: - Root

    private static func root(_ source: NationalSource, _ codes: NationalCodes) -> NationalNode {
        let (content, encounter) = (source.content, source.content.encounter)
        var node = NationalNode()
        node.add("mdtrtCertType", source.credential?.kind.rawValue)
        node.add("mdtrtCertNo", source.credential?.number)
        node.add("cardSn", source.credential?.cardSerial)
        node.add("bizTypeCode", codes.business[encounter?.business ?? .institution])
        node.add("rxExraAttrCode", encounter?.extraAttribute.flatMap { codes.extraAttribute[$0] })
        node.add("ecToken", source.credential?.electronicToken)
        node.add("authNo", source.credential?.authorisation)
        node.add("insuPlcNo", encounter?.insurancePlace)
        node.add("mdtrtareaNo", source.sender.divisionCode)
        node.add("hospRxno", source.number)
        node.add("rxTypeCode", source.kind == .herbal ? codes.herbalType : codes.ordinaryType)
        node.add("prscTime", source.writtenAt.nationalText)
        node.add("rxDrugCnt", String(content.lines.count))
        addHerbal(source, to: &node)
        node.add("valiDays", String(source.validThrough.days(since: source.writtenOn) + 1))
        node.add("valiEndTime", "\(source.validThrough) 23:59:59")
        // A prescription is written anew, not repeated; a long one is handed out in parts of what it holds.
        node.add("reptFlag", flag: false)
        node.add("rxCotnFlag", flag: source.kind == .long)
        node.add("longRxFlag", flag: source.kind == .long)
        return node
    }

    /// How the whole of a herbal prescription is boiled and taken.
    private static func addHerbal(_ source: NationalSource, to node: inout NationalNode) {
        guard let herbal = source.content.herbal, let line = source.content.lines.first else { return }
        node.add("rxUsedWayCodg", line.route?.nationalCode)
        node.add("rxUsedWayName", line.route?.chinese)
        node.add("rxFrquCodg", line.frequency.code)
        node.add("rxFrquName", source.frequencies[line.frequency.code])
        node.add("rxDosunt", "剂")
        node.add("rxDoscnt", String(herbal.doses))
        node.add("rxDrordDscr", herbal.method)
    }

    // MARK: - Diagnoses

    private static func diagnosis(
        _ diagnosis: Diagnosis, _ number: Int, _ source: NationalSource, _ codes: NationalCodes
    ) -> NationalNode {
        var node = NationalNode()
        let isChinese = !diagnosis.isICD10 && diagnosis.isChineseMedicine
        node.add("diagType", isChinese ? codes.chineseDiagnosis : codes.westernDiagnosis)
        node.add("maindiagFlag", flag: number == 1)
        node.add("diagSrtNo", String(number))
        node.add("diagCode", diagnosis.code)
        node.add("diagName", diagnosis.name)
        node.add("diagDept", source.content.department?.name)
        node.add("diagDrNo", source.sender.prescriberCode)
        node.add("diagTime", source.writtenAt.nationalText)
        return node
    }
}
