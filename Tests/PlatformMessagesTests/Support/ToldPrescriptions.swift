import PlatformMessages

// A prescription as it is told in tests, step by step.
extension Told {
    static func node(_ pairs: KeyValuePairs<String, String>) -> PlatformNode {
        PlatformNode(pairs.map { PlatformNode.Field($0.key, $0.value) })
    }

    static let prescription = PlatformPrescription(
        number: "CF-2026-000001", institution: "H36042600001",
        root: node([
            "mdtrtCertType": "02", "mdtrtCertNo": "110101199003070134", "bizTypeCode": "01", "mdtrtareaNo": "360426",
            "hospRxno": "CF-2026-000001", "rxTypeCode": "1", "prscTime": "2026-11-21 08:00:00", "rxDrugCnt": "1", "valiDays": "3",
            "valiEndTime": "2026-11-23 23:59:59", "reptFlag": "0", "notInTheCatalogue": "x",
        ]),
        drugs: [
            node([
                "medListCodg": "XJ01CAA040E001010100001", "fixmedinsHilistId": "W1", "rxItemTypeCode": "11",
                "drugGenname": "阿莫西林胶囊", "drugDosform": "胶囊剂", "drugSpec": "0.25g", "medcWayCodg": "1", "medcWayDscr": "口服",
                "medcBegntime": "2026-11-21 08:00:00", "medcEndtime": "2026-11-27 23:59:59", "medcDays": "7", "sinDosunt": "粒",
                "sinDoscnt": "0.5", "usedFrquCodg": "tid", "usedFrquName": "每日三次", "drugDosunt": "粒", "drugCnt": "11",
                "hospApprFlag": "1",
            ])
        ],
        visit: node([
            "fixmedinsCode": "H36042600001", "fixmedinsName": "县人民医院", "mdtrtId": "V1", "medType": "11", "patnName": "张三",
            "psnCertType": "01", "certno": "110101199003070134", "gend": "1", "prscDeptName": "内科", "drCode": "D360426000001",
            "prscDrName": "李医生", "mdtrtTime": "2026-11-21 08:00:00", "maindiagCode": "J18.9", "maindiagName": "肺炎",
        ]),
        diagnoses: [
            node(["diagType": "1", "maindiagFlag": "1", "diagSrtNo": "1", "diagCode": "J18.9", "diagName": "肺炎"])
        ],
        reviewed: node([
            "mdtrtId": "V1", "patnName": "张三", "psnCertType": "01", "certno": "110101199003070134", "fixmedinsName": "县人民医院",
            "fixmedinsCode": "H36042600001", "drCode": "D360426000001", "prscDrName": "李医生", "pharDeptName": "药剂科",
            "pharDeptCode": "YJ01", "pharCode": "Y360426000009", "pharName": "赵药师", "pharChkTime": "2026-11-21 09:00:00",
        ]), file: Array("%PDF-1.4 of a test".utf8))

    static let checkedPrescription: PlatformPrescription = {
        var prescription = Told.prescription
        prescription.numbers = PlatformPrescriptionNumbers(insurer: "3604262611210000000000000001", trace: "36042620261121000001")
        return prescription
    }()

    static let signedPrescription: PlatformPrescription = {
        var prescription = Told.checkedPrescription
        prescription.signature = PlatformPrescriptionSignature(
            original: Told.original, file: "JVBERi0xLjQgc2lnbmVk", digest: "c2lnbmVkIGRpZ2VzdA==")
        return prescription
    }()

    /// What the message for signing holds as `originalValue`.
    static let original =
        "eyJjZXJ0bm8iOiIxMTAxMDExOTkwMDMwNzAxMzQiLCJkckNvZGUiOiJEMzYwNDI2MDAwMDAxIiwiZml4bWVkaW5zQ29kZSI6IkgzNjA0MjYwMDAwMSIsImZpeG1lZGluc05hbWUiOiLljr/kurrmsJHljLvpmaIiLCJoaVJ4bm8iOiIzNjA0MjYyNjExMjEwMDAwMDAwMDAwMDAwMDAxIiwibWR0cnRJZCI6IlYxIiwicGF0bk5hbWUiOiLlvKDkuIkiLCJwaGFyQ2VydFR5cGUiOiIiLCJwaGFyQ2VydG5vIjoiIiwicGhhckNoa1RpbWUiOiIyMDI2LTExLTIxIDA5OjAwOjAwIiwicGhhckNvZGUiOiJZMzYwNDI2MDAwMDA5IiwicGhhckRlcHRDb2RlIjoiWUowMSIsInBoYXJEZXB0TmFtZSI6IuiNr+WJguenkSIsInBoYXJOYW1lIjoi6LW16I2v5biIIiwicGhhclByYWNDZXJ0Tm8iOiIiLCJwaGFyUHJvZnR0bENvZGciOiIiLCJwaGFyUHJvZnR0bE5hbWUiOiIiLCJwcnNjRHJOYW1lIjoi5p2O5Yy755SfIiwicHNuQ2VydFR5cGUiOiIwMSIsInJ4VHJhY2VDb2RlIjoiMzYwNDI2MjAyNjExMjEwMDAwMDEifQ=="

    static let prescriptionInquiry = PlatformPrescriptionInquiry(
        insurerNumber: "3604262611210000000000000001", institution: "H36042600001", visit: "V1", patientName: "张三",
        credentialType: "01", credential: "110101199003070134")

    static let revocation = PlatformRevocation(
        inquiry: Told.prescriptionInquiry,
        details: node([
            "drCode": "D360426000001", "undoDrName": "李医生", "undoDrCertType": "01", "undoDrCertno": "110101197001010011",
            "undoRea": "患者要求", "undoTime": "2026-11-21 10:00:00",
        ]))
}
