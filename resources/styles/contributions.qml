<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>
<qgis hasScaleBasedVisibilityFlag="0" maxScale="0" minScale="1e+08" readOnly="0" styleCategories="LayerConfiguration|Symbology|Labeling|Fields|Forms|MapTips|Rendering|CustomProperties" version="3.22.0">
 <flags>
  <Identifiable>1</Identifiable>
  <Removable>1</Removable>
  <Searchable>1</Searchable>
  <Private>0</Private>
 </flags>
 <customproperties>
  <Option type="Map">
   <Option name="bufferzone/role" type="QString" value="contributions" />
  </Option>
 </customproperties>
 <fieldConfiguration>
  <field configurationFlags="None" name="contributor">
   <editWidget type="TextEdit">
    <config>
     <Option type="Map">
      <Option name="IsMultiline" type="bool" value="false" />
     </Option>
    </config>
   </editWidget>
  </field>
  <field configurationFlags="None" name="sector_id">
   <editWidget type="TextEdit">
    <config>
     <Option type="Map">
      <Option name="IsMultiline" type="bool" value="false" />
     </Option>
    </config>
   </editWidget>
  </field>
  <field configurationFlags="None" name="role">
   <editWidget type="TextEdit">
    <config>
     <Option type="Map">
      <Option name="IsMultiline" type="bool" value="false" />
     </Option>
    </config>
   </editWidget>
  </field>
  <field configurationFlags="None" name="persons">
   <editWidget type="TextEdit">
    <config>
     <Option type="Map">
      <Option name="IsMultiline" type="bool" value="false" />
     </Option>
    </config>
   </editWidget>
  </field>
  <field configurationFlags="None" name="posture">
   <editWidget type="TextEdit">
    <config>
     <Option type="Map">
      <Option name="IsMultiline" type="bool" value="false" />
     </Option>
    </config>
   </editWidget>
  </field>
  <field configurationFlags="None" name="statement">
   <editWidget type="TextEdit">
    <config>
     <Option type="Map">
      <Option name="IsMultiline" type="bool" value="true" />
     </Option>
    </config>
   </editWidget>
  </field>
 </fieldConfiguration>
 <aliases>
  <alias field="contributor" index="0" name="Contributor" />
  <alias field="sector_id" index="1" name="Sector" />
  <alias field="role" index="2" name="Role" />
  <alias field="persons" index="3" name="Persons" />
  <alias field="posture" index="4" name="Posture" />
  <alias field="statement" index="5" name="What it means" />
 </aliases>
 <defaults>
  <default applyOnUpdate="0" expression="" field="contributor" />
  <default applyOnUpdate="0" expression="" field="sector_id" />
  <default applyOnUpdate="0" expression="" field="role" />
  <default applyOnUpdate="0" expression="" field="persons" />
  <default applyOnUpdate="0" expression="" field="posture" />
  <default applyOnUpdate="0" expression="" field="statement" />
 </defaults>
 <constraints>
  <constraint constraints="0" exp_strength="0" field="contributor" notnull_strength="0" unique_strength="0" />
  <constraint constraints="0" exp_strength="0" field="sector_id" notnull_strength="0" unique_strength="0" />
  <constraint constraints="0" exp_strength="0" field="role" notnull_strength="0" unique_strength="0" />
  <constraint constraints="0" exp_strength="0" field="persons" notnull_strength="0" unique_strength="0" />
  <constraint constraints="0" exp_strength="0" field="posture" notnull_strength="0" unique_strength="0" />
  <constraint constraints="0" exp_strength="0" field="statement" notnull_strength="0" unique_strength="0" />
 </constraints>
 <constraintExpressions>
  <constraint desc="" exp="" field="contributor" />
  <constraint desc="" exp="" field="sector_id" />
  <constraint desc="" exp="" field="role" />
  <constraint desc="" exp="" field="persons" />
  <constraint desc="" exp="" field="posture" />
  <constraint desc="" exp="" field="statement" />
 </constraintExpressions>
 <expressionfields />
 <editform tolerant="1" />
 <editforminit />
 <editforminitcodesource>0</editforminitcodesource>
 <editforminitfilepath />
 <editforminitcode />
 <featformsuppress>0</featformsuppress>
 <editorlayout>generatedlayout</editorlayout>
 <editable>
  <field editable="0" name="contributor" />
  <field editable="0" name="persons" />
  <field editable="0" name="posture" />
  <field editable="0" name="role" />
  <field editable="0" name="sector_id" />
  <field editable="0" name="statement" />
 </editable>
 <labelOnTop />
 <reuseLastValue />
 <dataDefinedFieldProperties />
 <widgets />
 <previewExpression>"contributor"</previewExpression>
 <mapTip />
 <layerGeometryType>4</layerGeometryType>
</qgis>
