import Dispensing
import Formulary
import MedicationRules
import Primitives

extension NationalPrescription {
    /// One line of the prescription (`rxdrugdetail`). Quantities and doses count base units.
    static func drug(
        _ line: PrescriptionLine, _ product: Product, _ source: NationalSource, _ codes: NationalCodes
    ) -> NationalNode {
        let article = source.articles[product.id]
        var node = NationalNode()
        node.add("medListCodg", article?.insuranceCode)
        node.add("fixmedinsHilistId", product.code)
        node.add("hospPrepFlag", flag: false)
        node.add("rxItemTypeCode", codes.items[product.kind])
        node.add("mainMedcFlag", flag: line.insurance?.isMainMedicine)
        node.add("urgtFlag", flag: line.insurance?.isUrgent ?? (source.kind == .emergency ? true : nil))
        node.add("basMednFlag", flag: product.essential)
        node.add("drugGenname", product.genericName)
        node.add("drugDosform", source.words.form(product.dosageForm))
        node.add("drugSpec", product.strength)
        node.add("drugProdname", article?.tradeName)
        node.add("prdrName", article?.manufacturer.flatMap { source.makers[$0] })
        node.add("medcWayCodg", line.route?.nationalCode)
        node.add("medcWayDscr", line.route?.chinese)
        node.add("medcBegntime", source.writtenAt.nationalText)
        node.add("medcEndtime", "\(source.writtenOn.adding(days: line.days - 1)) 23:59:59")
        node.add("medcDays", String(line.days))
        let unit = source.words.unit(product.baseUnit)
        node.add("sinDosunt", unit)
        node.add("sinDoscnt", line.dose.description)
        node.add("usedFrquCodg", line.frequency.code)
        node.add("usedFrquName", source.frequencies[line.frequency.code])
        node.add("drugDosunt", unit)
        node.add("drugCnt", line.quantity.description)
        node.add("hospApprFlag", line.insurance?.isApprovedByHospital.map { $0 ? "1" : "2" })
        node.add("selfPayRea", line.insurance?.selfPayReason)
        return node
    }

    /// The visit (`mdtrtinfo`).
    static func visit(_ source: NationalSource, _ codes: NationalCodes) -> NationalNode {
        let (content, encounter) = (source.content, source.content.encounter)
        var node = NationalNode()
        node.add("fixmedinsCode", source.sender.institutionCode)
        node.add("fixmedinsName", source.sender.institutionName)
        node.add("mdtrtId", encounter?.visitID)
        node.add("medType", encounter?.visitType)
        node.add("iptOtpNo", encounter?.visitNumber)
        node.add("otpIptFlag", encounter?.isInpatient.map { $0 ? codes.inpatient : codes.outpatient })
        node.add("psnNo", encounter?.insuredNumber)
        node.add("patnName", source.patientName)
        node.add("psnCertType", source.credential.flatMap { $0.residentNumber.isEmpty ? nil : codes.residentCard })
        node.add("certno", source.credential?.residentNumber)
        node.add("patnAge", String(Age(birthOn: source.birthOn, on: source.writtenOn).years))
        node.add("patnHgt", encounter?.heightMillimetres.map { thousandths($0 * 100) })
        node.add("patnWt", (encounter?.weightGrams ?? source.weightGrams).map { thousandths($0) })
        node.add("gend", codes.sexes[source.sex])
        node.add("gesoVal", encounter?.pregnancyWeeks.map(String.init))
        node.add("nwbFlag", flag: encounter?.isNewborn)
        node.add("suckPrdFlag", flag: encounter?.isBreastfeeding)
        node.add("algsHis", source.allergies.joined(separator: "、"))
        node.add("prscDeptName", content.department?.name)
        node.add("prscDeptCode", content.department?.code)
        node.add("drCode", source.sender.prescriberCode)
        node.add("prscDrName", source.sender.prescriberName)
        node.add("drProfttlCodg", source.sender.titleCode)
        node.add("drProfttlName", source.sender.titleName)
        node.add("caty", encounter?.departmentClass)
        node.add("mdtrtTime", encounter?.visitedAt?.nationalText)
        node.add("diseCodg", encounter?.specialDisease)
        node.add("spDiseFlag", flag: encounter?.specialDisease.map { !$0.isEmpty })
        node.add("maindiagCode", content.diagnosisCode)
        node.add("maindiagName", content.diagnosis)
        node.add("hiFeesetlType", encounter?.settlementType)
        return node
    }

    /// A number of thousandths as a decimal: centimetres from tenths of a millimetre, kilograms from grams.
    private static func thousandths(_ number: Int64) -> String { DoseAmount(thousandths: number).description }
}
